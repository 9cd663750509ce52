/**
 * The update log: an append-only file of changes in segments, checksummed and numbered, written before anything else is.
 * Knows the parts of a record only by kind and key, not what they mean. Depends on nothing else in the core
 * but {@code CLibrary}.
 */
package io.magpie.core.log;
