package io.magpie.server.verb;

import io.magpie.core.engine.Engine;
import io.magpie.core.engine.Person;
import io.magpie.protocol.MessageDecoder;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import io.magpie.server.audit.AuditLog;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.metrics.LoopMetrics;
import java.time.Clock;

/**
 * What the handlers of one event loop share.
 *
 * @param engine        the state
 * @param configuration the options
 * @param clock         tells the time that replies bear
 * @param metrics       the event loop's counters
 * @param errors        the event loop's way of writing errors
 * @param audit         where erasures, consents and administration are written down; null for nowhere
 */
public record VerbContext(
        Engine engine,
        ServerConfiguration configuration,
        Clock clock,
        LoopMetrics metrics,
        ErrorReplies errors,
        AuditLog audit) {

    /** Lays a decoder over a request and checks it; if the frame's inside is wrong, answers the request and returns false. */
    boolean decodes(Request request, MessageDecoder decoder) {
        Status status = request.decode(decoder);
        if (status != Status.OK) {
            malformed(request, status);
        }
        return status == Status.OK;
    }

    /** Returns whether somebody is named; else answers the request. */
    boolean namesSomebody(Request request, Person who) {
        if (who.isIdentity() || who.profileId() != ProtocolLimits.RESERVED_ID) {
            return true;
        }
        errors.reply(request, Status.RESERVED_ID, "this id stands for no id: profileId=2^64-1");
        return false;
    }

    /** Answers a frame whose inside is wrong. */
    void malformed(Request request, Status status) {
        errors.reply(
                request,
                status,
                status == Status.OUT_OF_RANGE
                        ? "a number or a count is out of its range: frameLength=" + request.length()
                        : "lengths or counts of the frame do not fit each other: frameLength=" + request.length());
    }

    /** Returns whether a list is not too long; else answers the request. */
    boolean listFits(Request request, String list, int length) {
        int most = configuration.limits().listLength();
        if (length <= most) {
            return true;
        }
        errors.reply(
                request,
                Status.OUT_OF_RANGE,
                "a list is too long: " + list + "=" + length + " most=" + most + " (limits.list-length)");
        return false;
    }

    /** Returns whether vectors are of the configured dimension; else answers the request. */
    boolean dimensionFits(Request request, int dimension) {
        int configured = configuration.state().dimension();
        if (dimension == configured) {
            return true;
        }
        errors.reply(
                request,
                Status.WRONG_DIMENSION,
                "vectors are of the server's dimension: dimension=" + dimension + " server=" + configured);
        return false;
    }
}
