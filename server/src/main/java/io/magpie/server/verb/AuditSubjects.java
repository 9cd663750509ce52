package io.magpie.server.verb;

import io.magpie.protocol.CatalogueRequestDecoder;
import io.magpie.protocol.EraseProfileRequestDecoder;
import io.magpie.protocol.ExportProfileRequestDecoder;
import io.magpie.protocol.MessageDecoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.SetConsentsRequestDecoder;
import io.magpie.protocol.Status;
import io.magpie.server.audit.AuditEntry;
import io.magpie.server.config.SourceConfiguration;
import io.magpie.server.security.Session;
import java.util.List;

/** Reads out of an audited request whom it is about. One an event loop. */
final class AuditSubjects {
    private static final String[] STATES = {"unset", "granted", "denied"};

    private final VerbContext context;
    private final EraseProfileRequestDecoder erase = new EraseProfileRequestDecoder();
    private final ExportProfileRequestDecoder export = new ExportProfileRequestDecoder();
    private final CatalogueRequestDecoder catalogue = new CatalogueRequestDecoder();
    private final SetConsentsRequestDecoder consents = new SetConsentsRequestDecoder();

    AuditSubjects(VerbContext context) {
        this.context = context;
    }

    /** Returns where the request's replies go from now on; null if the request is malformed. */
    AuditedExchange of(Request request) {
        AuditEntry entry = switch (request.messageType()) {
            case MessageType.ERASE_PROFILE -> fits(request, erase) ? entry(request, 1, true) : null;
            case MessageType.EXPORT_PROFILE -> fits(request, export) ? entry(request, 1, true) : null;
            case MessageType.STAGE_CATALOGUE,
                    MessageType.SWITCH_CATALOGUE,
                    MessageType.DROP_CATALOGUE,
                    MessageType.REBUILD_CATALOGUE -> fits(request, catalogue) ? entry(request, 1, false) : null;
            case MessageType.SET_CONSENTS -> ofConsents(request);
            default -> entry(request, 1, false);
        };
        if (entry == null) {
            return null;
        }
        if (request.messageType() == MessageType.ERASE_PROFILE) {
            entry.subject(0, erase.profileId());
        } else if (request.messageType() == MessageType.EXPORT_PROFILE) {
            entry.subject(0, export.profileId());
        } else if (MessageType.name(request.messageType()).endsWith("-catalogue")) {
            entry.detail(
                    0,
                    "edition=" + Integer.toUnsignedString(catalogue.edition()) + " space="
                            + Integer.toUnsignedString(catalogue.spaceId()));
        }
        return new AuditedExchange(request.exchange(), context.audit(), entry);
    }

    private AuditEntry ofConsents(Request request) {
        if (!fits(request, consents)
                || consents.consentCount() == 0
                || consents.consentCount() > context.configuration().limits().listLength()) {
            return null;
        }
        AuditEntry entry = entry(request, consents.consentCount(), true);
        List<SourceConfiguration> sources = context.configuration().state().sources();
        for (int i = 0; i < consents.consentCount(); i++) {
            int source = consents.consentSource(i);
            int state = consents.consentState(i);
            entry.subject(i, consents.consentProfileId(i));
            entry.detail(
                    i,
                    "source=" + (source < sources.size() ? sources.get(source).name() : source) + " purpose="
                            + consents.consentPurpose(i) + " state=" + (state < STATES.length ? STATES[state] : state));
        }
        return entry;
    }

    private AuditEntry entry(Request request, int lines, boolean subjects) {
        Session session = request.exchange().session();
        return new AuditEntry(
                context.clock().millis(),
                session.tokenId(),
                session.certificate(),
                session.peer(),
                MessageType.name(request.messageType()),
                lines,
                subjects);
    }

    private static boolean fits(Request request, MessageDecoder decoder) {
        return request.decode(decoder) == Status.OK;
    }
}
