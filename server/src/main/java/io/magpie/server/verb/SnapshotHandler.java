package io.magpie.server.verb;

import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.SnapshotReplyEncoder;
import io.magpie.protocol.SnapshotRequestDecoder;
import io.magpie.protocol.Status;

/** Starts snapshots and tells how far they are. All of it is quick: the work is done by the {@link SnapshotService}. */
final class SnapshotHandler implements VerbHandler {
    private static final int ACTION_STATUS = 0;
    private static final int ACTION_START = 1;
    private static final int ACTION_CANCEL = 2;

    private final VerbContext context;
    private final SnapshotService snapshots;
    private final SnapshotRequestDecoder decoder = new SnapshotRequestDecoder();
    private final SnapshotReplyEncoder encoder = new SnapshotReplyEncoder();

    SnapshotHandler(VerbContext context, SnapshotService snapshots) {
        this.context = context;
        this.snapshots = snapshots;
    }

    @Override
    public void handle(Request request) {
        if (!context.decodes(request, decoder)) {
            return;
        }
        switch (decoder.action()) {
            case ACTION_STATUS -> answer(request);
            case ACTION_START -> start(request, decoder.name());
            case ACTION_CANCEL -> {
                snapshots.cancel();
                answer(request);
            }
            default -> context.malformed(request, Status.MALFORMED);
        }
    }

    private void start(Request request, String name) {
        if (!snapshots.isConfigured()) {
            refuse(
                    request,
                    Status.FORBIDDEN,
                    "this server keeps no snapshots: set snapshot.dir to a directory of its own");
        } else if (!SnapshotService.isName(name)) {
            refuse(
                    request,
                    Status.OUT_OF_RANGE,
                    "a snapshot's name is 1 to 128 letters, digits, '.', '_', '-', the first no dot, and no path");
        } else if (!snapshots.start(name)) {
            refuse(
                    request,
                    Status.OVERLOADED,
                    "a snapshot is under way: name=" + snapshots.newest().name());
        } else {
            answer(request);
        }
    }

    private void refuse(Request request, Status status, String why) {
        context.errors().reply(request, status, why);
    }

    private void answer(Request request) {
        SnapshotService.Run run = snapshots.newest();
        String message = run.message();
        encoder.wrap(request.replyBuffer(), request.correlationId())
                .sequence(run.progress().sequence())
                .timeMillis(context.clock().millis())
                .startedMillis(run.startedMillis())
                .entries(run.progress().entries())
                .entriesExpected(run.progress().entriesExpected())
                .bytes(run.progress().bytes())
                .state(run.state().ordinal())
                .name(run.name())
                .message(message.substring(0, Math.min(message.length(), ProtocolLimits.MAX_MESSAGE_LENGTH / 4)))
                .finish();
        request.replied(Status.OK);
    }
}
