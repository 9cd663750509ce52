package io.magpie.server.verb;

import io.magpie.core.fusion.SourceKind;
import io.magpie.protocol.Feature;
import io.magpie.protocol.HelloReplyEncoder;
import io.magpie.protocol.HelloRequestDecoder;
import io.magpie.protocol.PingReplyEncoder;
import io.magpie.protocol.PingRequestDecoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.magpie.server.config.Release;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.config.SourceConfiguration;
import io.magpie.server.metrics.Stage;
import java.util.Arrays;

/** Answers hello and ping. */
final class ControlHandlers {
    private static final String[] PURPOSES = {"recommend", "audience"};

    private final VerbContext context;
    private final HelloRequestDecoder hello = new HelloRequestDecoder();
    private final HelloReplyEncoder helloReply = new HelloReplyEncoder();
    private final PingRequestDecoder ping = new PingRequestDecoder();
    private final PingReplyEncoder pingReply = new PingReplyEncoder();

    ControlHandlers(VerbContext context) {
        this.context = context;
    }

    void ping(Request request) {
        if (!context.decodes(request, ping)) {
            return;
        }
        context.metrics().stages().mark(Stage.DECODE);
        pingReply
                .wrap(request.replyBuffer(), request.correlationId())
                .payload(ping.payload())
                .timeMillis(context.clock().millis())
                .finish();
        context.metrics().stages().mark(Stage.ENCODE);
        request.replied(Status.OK);
    }

    void hello(Request request) {
        if (!context.decodes(request, hello)) {
            return;
        }
        if (hello.minVersion() > ProtocolLimits.VERSION || hello.maxVersion() < ProtocolLimits.MIN_VERSION) {
            context.errors()
                    .reply(
                            request,
                            Status.UNSUPPORTED_VERSION,
                            "no protocol version in common: client=" + hello.minVersion() + ".." + hello.maxVersion()
                                    + " server=" + ProtocolLimits.MIN_VERSION + ".." + ProtocolLimits.VERSION);
            return;
        }
        if (!isKnown(request)) {
            return;
        }
        ServerConfiguration configuration = context.configuration();
        helloReply
                .wrap(request.replyBuffer(), request.correlationId())
                .version(Math.min(hello.maxVersion(), ProtocolLimits.VERSION))
                .dimension(configuration.state().dimension())
                .features(hello.features() & Feature.KNOWN)
                .catalogueVersion(context.engine().catalogueVersion())
                .timeMillis(context.clock().millis())
                .spaceId(context.engine().spaceId())
                .maxFrameLength(configuration.limits().frameBytes())
                .maxLimit(configuration.limits().top())
                .maxListLength(configuration.limits().listLength())
                .serverVersion(Release.VERSION);
        writeSources(configuration);
        writePurposes();
        helloReply.finish();
        request.replied(Status.OK);
    }

    private boolean isKnown(Request request) {
        byte[] token = new byte[hello.tokenLength()];
        for (int i = 0; i < token.length; i++) {
            token[i] = hello.tokenByte(i);
        }
        boolean known = request.exchange().session().login(token);
        Arrays.fill(token, (byte) 0);
        if (!known) {
            VerbGuard.refuse(context, request, "hello holds no valid token; it may have been revoked or have ended");
        }
        return known;
    }

    private void writeSources(ServerConfiguration configuration) {
        StringBuilder names = new StringBuilder();
        helloReply.beginSources(configuration.state().sources().size());
        int number = 0;
        for (SourceConfiguration source : configuration.state().sources()) {
            helloReply.addSource(
                    source.weight(),
                    source.halfLifeMillis(),
                    number++,
                    source.name().length(),
                    code(source.kind()));
            names.append(source.name());
        }
        helloReply.sourceNames(names);
    }

    private static int code(SourceKind kind) {
        return switch (kind) {
            case UNSAID -> 0;
            case OWN -> 1;
            case DERIVED -> 2;
        };
    }

    /** Returns what a purpose is called. */
    static String purposeName(int purpose) {
        return purpose < PURPOSES.length ? PURPOSES[purpose] : "purpose-" + purpose;
    }

    private void writePurposes() {
        helloReply.beginPurposes(PURPOSES.length);
        for (int i = 0; i < PURPOSES.length; i++) {
            helloReply.addPurpose(i, PURPOSES[i].length());
        }
        helloReply.purposeNames(String.join("", PURPOSES));
    }
}
