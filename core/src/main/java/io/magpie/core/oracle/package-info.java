/**
 * The naive answer, for checking: scalar, one item after the other, a full sort. Shares no kernel, index or top-N code
 * with what it checks, and nothing but checks may depend on it.
 */
package io.magpie.core.oracle;
