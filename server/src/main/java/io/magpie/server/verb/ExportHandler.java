package io.magpie.server.verb;

import io.magpie.core.engine.Engine;
import io.magpie.core.engine.Person;
import io.magpie.protocol.ExportProfileReplyEncoder;
import io.magpie.protocol.ExportProfileRequestDecoder;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.ProtocolLimits;
import io.magpie.protocol.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Answers with everything that is held on a person: read and written as a document by the pool, sent by the loop. */
final class ExportHandler implements VerbHandler {
    private final VerbContext context;
    private final DearPool pool;
    private final FailureLog failures;
    private final PersonReader people;
    private final ExportProfileRequestDecoder decoder = new ExportProfileRequestDecoder();
    private final ExportProfileReplyEncoder encoder = new ExportProfileReplyEncoder();

    ExportHandler(VerbContext context, DearPool pool, FailureLog failures) {
        this.context = context;
        this.pool = pool;
        this.failures = failures;
        people = new PersonReader(context.engine());
    }

    @Override
    public void handle(Request request) {
        Status status = request.decode(decoder);
        if (status != Status.OK) {
            context.malformed(request, status);
            return;
        }
        Person who = new Person().set(people.read(decoder, 0, decoder.profileId()));
        if (!who.isIdentity() && who.profileId() == ProtocolLimits.RESERVED_ID) {
            context.errors().reply(request, Status.RESERVED_ID, "this id stands for no id: profileId=2^64-1");
            return;
        }
        Exchange exchange = request.exchange();
        long correlationId = request.correlationId();
        long arrivalNanos = request.arrivalNanos();
        long deadlineNanos = request.deadlineNanos();
        boolean taken = pool.offer(() -> {
            Export export = new Export(who);
            if (System.nanoTime() >= deadlineNanos) {
                export.status = Status.DEADLINE_EXCEEDED;
            } else {
                export.run(context.engine());
            }
            exchange.execute(() -> answer(exchange, correlationId, arrivalNanos, export));
        });
        if (taken) {
            exchange.taken();
        } else {
            context.errors()
                    .reply(
                            request,
                            Status.OVERLOADED,
                            "too many dear requests wait: waiting=" + pool.load() + " (pool.threads, pool.queue)");
        }
    }

    private void answer(Exchange exchange, long correlationId, long arrivalNanos, Export export) {
        if (exchange.isOpen()) {
            if (export.failure != null) {
                failures.log("an export failed", export.failure);
            }
            if (export.status == Status.OK) {
                encoder.wrap(exchange.replyBuffer(), correlationId)
                        .profileId(export.who.profileId())
                        .catalogueVersion(context.engine().catalogueVersion())
                        .timeMillis(context.clock().millis())
                        .spaceId(context.engine().spaceId())
                        .version(export.version)
                        .document(export.json, export.json.length)
                        .finish();
            } else {
                context.errors()
                        .append(
                                exchange.replyBuffer(),
                                MessageType.EXPORT_PROFILE,
                                correlationId,
                                export.status,
                                "the profile was not exported: profileId="
                                        + Long.toUnsignedString(export.who.profileId()));
            }
            exchange.replied(MessageType.EXPORT_PROFILE, export.status, arrivalNanos);
        }
        exchange.settled();
    }

    /** One export, made by the pool and read by the loop. */
    private static final class Export {
        private final Person who;
        private Status status = Status.OK;
        private int version;
        private byte[] json;
        private Throwable failure;

        Export(Person who) {
            this.who = who;
        }

        void run(Engine engine) {
            try {
                ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
                ProfileDocument document = new ProfileDocument(engine);
                if (!document.write(who, out)) {
                    status = Status.UNKNOWN_PROFILE;
                    return;
                }
                version = document.version();
                json = out.toByteArray();
                if (json.length > ProtocolLimits.MAX_DOCUMENT_LENGTH) {
                    status = Status.OUT_OF_RANGE;
                }
            } catch (IOException | RuntimeException e) {
                status = Status.INTERNAL;
                failure = e;
            }
        }
    }
}
