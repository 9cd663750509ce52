/**
 * The durable state: profiles, seen sets and items in off-heap maps that are files, behind an update log, a manifest and a
 * lock file. The only home of Chronicle Map types; nobody outside sees them. Depends on {@code profile} and {@code log}.
 */
package io.magpie.core.store;
