/** What a run leaves behind: JSON, Markdown and histogram files. */
package io.magpie.load.report;
