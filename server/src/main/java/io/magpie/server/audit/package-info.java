/** The audit log: what was erased, consented to, linked and administered, by whom; whoever changes a line is found out. */
package io.magpie.server.audit;
