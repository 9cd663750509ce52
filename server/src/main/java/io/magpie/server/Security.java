package io.magpie.server;

import io.magpie.server.audit.AuditLog;
import io.magpie.server.security.Access;
import io.magpie.server.security.TlsContexts;

/**
 * What guards the wire.
 *
 * @param access who may come in
 * @param tls    how what is said is kept from others; null for not at all
 * @param audit  where is written down what must be; null for nowhere
 */
record Security(Access access, TlsContexts tls, AuditLog audit) {}
