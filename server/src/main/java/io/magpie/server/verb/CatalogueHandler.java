package io.magpie.server.verb;

import io.magpie.core.Outcome;
import io.magpie.core.engine.CatalogueSides;
import io.magpie.core.engine.CatalogueStatus;
import io.magpie.core.engine.Engine;
import io.magpie.protocol.CatalogueReplyDecoder;
import io.magpie.protocol.CatalogueReplyEncoder;
import io.magpie.protocol.CatalogueRequestDecoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;

/**
 * Answers the verbs of catalogues. They are cheap, whatever a catalogue holds, and stay on the event loop, so that they take
 * effect in the order in which a connection sends them; what is dear, building and freeing, goes on in the background.
 */
final class CatalogueHandler implements VerbHandler {
    private final VerbContext context;
    private final Engine engine;
    private final CatalogueRequestDecoder decoder = new CatalogueRequestDecoder();
    private final CatalogueReplyEncoder encoder = new CatalogueReplyEncoder();

    CatalogueHandler(VerbContext context) {
        this.context = context;
        engine = context.engine();
    }

    @Override
    public void handle(Request request) {
        if (!context.decodes(request, decoder)) {
            return;
        }
        Outcome outcome = change(request.messageType());
        if (outcome == Outcome.OK) {
            answer(request);
        } else {
            context.errors().reply(request, ErrorReplies.status(outcome), why(outcome));
        }
    }

    private Outcome change(int messageType) {
        CatalogueSides sides = engine.catalogues();
        int edition = decoder.edition();
        return switch (messageType) {
            case MessageType.STAGE_CATALOGUE -> sides.stage(decoder.spaceId());
            case MessageType.SWITCH_CATALOGUE -> sides.switchTo(edition);
            case MessageType.DROP_CATALOGUE -> sides.drop(edition);
            case MessageType.REBUILD_CATALOGUE -> sides.rebuild(edition);
            default -> Outcome.OK;
        };
    }

    private String why(Outcome outcome) {
        CatalogueStatus.Side other = engine.catalogues().status().other();
        String there = "live=" + engine.catalogues().status().live().edition() + " beside="
                + (other == null ? "none" : Integer.toUnsignedString(other.edition()));
        return switch (outcome) {
            case UNKNOWN_CATALOGUE ->
                "no such catalogue: edition=" + Integer.toUnsignedString(decoder.edition()) + " " + there;
            case CATALOGUE_EXISTS ->
                "there is a catalogue beside the live one already, switch to it or drop it: " + there;
            case CATALOGUE_LIVE -> "the live catalogue is not dropped, switch to the other one first: " + there;
            default -> "the catalogues stay as they were: outcome=" + outcome + " " + there;
        };
    }

    private void answer(Request request) {
        CatalogueStatus now = engine.catalogues().status();
        encoder.wrap(request.replyBuffer(), request.messageType(), request.correlationId())
                .catalogueVersion(now.live().version())
                .timeMillis(context.clock().millis())
                .freeingItems(now.freeingItems())
                .maxItems(now.maxItems())
                .spaceId(now.live().spaceId())
                .beginEditions(now.other() == null ? 1 : 2);
        add(now.live(), CatalogueReplyDecoder.ROLE_LIVE);
        if (now.other() != null) {
            add(
                    now.other(),
                    now.otherWasLive() ? CatalogueReplyDecoder.ROLE_PREVIOUS : CatalogueReplyDecoder.ROLE_STAGED);
        }
        encoder.finish();
        request.replied(Status.OK);
    }

    private void add(CatalogueStatus.Side side, int role) {
        encoder.addEdition(
                side.version(),
                side.items(),
                side.unsealedItems(),
                side.bytesPerItem(),
                side.edition(),
                side.spaceId(),
                role,
                side.rebuilding() ? CatalogueReplyDecoder.FLAG_REBUILDING : 0);
    }
}
