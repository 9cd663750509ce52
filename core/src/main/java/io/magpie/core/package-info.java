/** What every room of the core shares: the outcomes of a verb and the limits of an id. */
package io.magpie.core;
