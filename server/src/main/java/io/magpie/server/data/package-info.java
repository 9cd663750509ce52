/**
 * Readers and writers of the files that people bring: {@code .fvecs}, {@code .ivecs}, {@code .npy}, CSV, JSON lines, ids,
 * names, factor folders; each also packed with gzip when its name ends in {@code .gz}. Knows nothing of the core, the
 * network or the command line, which depend on it.
 */
package io.magpie.server.data;
