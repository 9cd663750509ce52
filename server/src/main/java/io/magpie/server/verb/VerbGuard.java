package io.magpie.server.verb;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.magpie.server.security.Scope;
import io.magpie.server.security.Session;
import io.magpie.server.security.VerbRights;

/**
 * Stands before every verb: is it known who asks, may they, and can it be written down where it must be. One an event
 * loop. What it lets through costs a look into a table and allocates nothing, but for verbs that are audited.
 */
final class VerbGuard {
    private final VerbContext context;
    private final AuditSubjects subjects;

    VerbGuard(VerbContext context) {
        this.context = context;
        subjects = new AuditSubjects(context);
    }

    /** Returns whether the request may go on; else it is answered. */
    boolean admits(Request request) {
        int messageType = request.messageType();
        Session session = request.exchange().session();
        if (messageType == MessageType.HELLO) {
            return true;
        }
        if (!session.isKnown()) {
            refuse(context, request, "the first request of a connection is hello with a valid token");
            return false;
        }
        int asked = VerbRights.scopes(messageType);
        if (!session.holds(asked)) {
            context.errors()
                    .reply(
                            request,
                            Status.FORBIDDEN,
                            "the token does not allow this verb: verb=" + MessageType.name(messageType) + " asks="
                                    + Scope.labels(asked) + " holds=" + Scope.labels(session.scopes()));
            return false;
        }
        return context.audit() == null || !VerbRights.isAudited(messageType) || isWrittenDown(request);
    }

    private boolean isWrittenDown(Request request) {
        AuditedExchange audited = subjects.of(request);
        if (audited == null) {
            return true; // malformed: its handler says so, and nothing is done
        }
        if (context.audit().isFailed()) {
            context.errors()
                    .reply(
                            request,
                            Status.STORAGE_FAILED,
                            "the audit log cannot be written, so nothing is done that belongs into it; the server's log"
                                    + " says why");
            return false;
        }
        if (!context.audit().reserve(audited.lines())) {
            context.errors()
                    .reply(
                            request,
                            Status.OVERLOADED,
                            "too many lines wait for the audit log: lines=" + audited.lines() + " (audit.queue)");
            return false;
        }
        request.redirect(audited);
        return true;
    }

    /** Answers that it is not known who asks, and ends the connection. */
    static void refuse(VerbContext context, Request request, String message) {
        context.errors().reply(request, Status.UNAUTHENTICATED, message);
        request.exchange().refuse();
    }
}
