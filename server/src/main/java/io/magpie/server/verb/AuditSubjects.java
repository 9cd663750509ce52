package io.magpie.server.verb;

import io.magpie.core.engine.Person;
import io.magpie.protocol.CatalogueRequestDecoder;
import io.magpie.protocol.EraseProfileRequestDecoder;
import io.magpie.protocol.ExportProfileRequestDecoder;
import io.magpie.protocol.LinkRequestDecoder;
import io.magpie.protocol.MessageDecoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.PersonRequestDecoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.SetConsentsRequestDecoder;
import io.magpie.protocol.Status;
import io.magpie.protocol.UnlinkRequestDecoder;
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
    private final LinkRequestDecoder links = new LinkRequestDecoder();
    private final UnlinkRequestDecoder unlinks = new UnlinkRequestDecoder();
    private final byte[] externalId = new byte[ProtocolLimits.MAX_EXTERNAL_ID_LENGTH];

    AuditSubjects(VerbContext context) {
        this.context = context;
    }

    /** Returns where the request's replies go from now on; null if the request is malformed. */
    AuditedExchange of(Request request) {
        AuditEntry entry = switch (request.messageType()) {
            case MessageType.ERASE_PROFILE -> fits(request, erase) ? ofPerson(request, erase, erase.profileId()) : null;
            case MessageType.EXPORT_PROFILE ->
                fits(request, export) ? ofPerson(request, export, export.profileId()) : null;
            case MessageType.STAGE_CATALOGUE,
                    MessageType.SWITCH_CATALOGUE,
                    MessageType.DROP_CATALOGUE,
                    MessageType.REBUILD_CATALOGUE -> fits(request, catalogue) ? ofCatalogue(request) : null;
            case MessageType.SET_CONSENTS -> ofConsents(request);
            case MessageType.LINK -> ofLinks(request);
            case MessageType.UNLINK -> ofUnlinks(request);
            default -> entry(request, 1, false);
        };
        if (entry == null) {
            return null;
        }
        return new AuditedExchange(request.exchange(), context.audit(), entry);
    }

    private AuditEntry ofPerson(Request request, PersonRequestDecoder decoder, long profileId) {
        AuditEntry entry = entry(request, 1, true);
        subject(entry, 0, decoder, 0, profileId);
        return entry;
    }

    private AuditEntry ofCatalogue(Request request) {
        AuditEntry entry = entry(request, 1, false);
        entry.detail(
                0,
                "edition=" + Integer.toUnsignedString(catalogue.edition()) + " space="
                        + Integer.toUnsignedString(catalogue.spaceId()));
        return entry;
    }

    private AuditEntry ofConsents(Request request) {
        if (!fits(request, consents) || !isLength(consents.consentCount())) {
            return null;
        }
        AuditEntry entry = entry(request, consents.consentCount(), true);
        List<SourceConfiguration> sources = context.configuration().state().sources();
        for (int i = 0; i < consents.consentCount(); i++) {
            int source = consents.consentSource(i);
            int state = consents.consentState(i);
            subject(entry, i, consents, i, consents.consentProfileId(i));
            entry.detail(
                    i,
                    "source=" + (source < sources.size() ? sources.get(source).name() : source) + " purpose="
                            + consents.consentPurpose(i) + " state=" + (state < STATES.length ? STATES[state] : state));
        }
        return entry;
    }

    private AuditEntry ofLinks(Request request) {
        if (!fits(request, links) || !isLength(links.linkCount())) {
            return null;
        }
        AuditEntry entry = entry(request, links.linkCount(), true);
        for (int i = 0; i < links.linkCount(); i++) {
            subject(entry, i, links, 2 * i, links.linkProfileId(i));
            entry.otherSubject(i, idOf(links, 2 * i + 1, links.linkOtherProfileId(i)));
        }
        return entry;
    }

    private AuditEntry ofUnlinks(Request request) {
        if (!fits(request, unlinks) || !isLength(unlinks.unlinkCount())) {
            return null;
        }
        AuditEntry entry = entry(request, unlinks.unlinkCount(), true);
        for (int i = 0; i < unlinks.unlinkCount(); i++) {
            subject(entry, i, unlinks, i, unlinks.unlinkProfileId(i));
        }
        return entry;
    }

    private boolean isLength(int count) {
        return count > 0 && count <= context.configuration().limits().listLength();
    }

    private void subject(AuditEntry entry, int line, PersonRequestDecoder decoder, int place, long profileId) {
        entry.subject(line, idOf(decoder, place, profileId));
    }

    /** Returns the bytes of whom a place names: a profile's id, or an identity. */
    private byte[] idOf(PersonRequestDecoder decoder, int place, long profileId) {
        int found = profileId == Person.NOBODY ? decoder.findIdentity(place) : -1;
        if (found < 0) {
            return AuditEntry.ofProfile(profileId);
        }
        decoder.copyExternalId(found, externalId);
        return AuditEntry.ofIdentity(decoder.identitySource(found), externalId, decoder.identityIdLength(found));
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
