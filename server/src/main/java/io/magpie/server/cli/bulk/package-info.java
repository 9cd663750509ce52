/**
 * Bulk loading through the SDK: rows out of files, sent in lists, several of them on their way at a time, each row's end
 * counted. Depends on the files' readers and the client; the import command depends on it.
 */
package io.magpie.server.cli.bulk;
