/** What a run leaves behind: JSON, HTML, Markdown and histogram files; a page may show several runs. */
package io.magpie.load.report;
