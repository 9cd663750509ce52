package io.magpie.server.verb;

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
    private final DearReplies replies;
    private final PersonReader people;
    private final ExportProfileRequestDecoder decoder = new ExportProfileRequestDecoder();
    private final ExportProfileReplyEncoder encoder = new ExportProfileReplyEncoder();

    ExportHandler(VerbContext context, DearReplies replies) {
        this.context = context;
        this.replies = replies;
        people = new PersonReader(context.engine());
    }

    /**
     * What the pool made.
     *
     * @param profileId whose it is, or who was asked for
     * @param version   of the profile
     * @param json      the document; null if nothing is held
     */
    private record Export(long profileId, int version, byte[] json) {}

    @Override
    public void handle(Request request) {
        if (!context.decodes(request, decoder)) {
            return;
        }
        Person who = new Person().set(people.read(decoder, 0, decoder.profileId()));
        if (context.namesSomebody(request, who)) {
            replies.answer(request, () -> export(who), this::write);
        }
    }

    private Export export(Person who) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
        ProfileDocument document = new ProfileDocument(context.engine());
        boolean held = document.write(who, out);
        return new Export(who.profileId(), held ? document.version() : 0, held ? out.toByteArray() : null);
    }

    private Status write(Exchange exchange, long correlationId, Export export) {
        boolean fits = export.json != null && export.json.length <= ProtocolLimits.MAX_DOCUMENT_LENGTH;
        if (fits) {
            encoder.wrap(exchange.replyBuffer(), correlationId)
                    .profileId(export.profileId)
                    .catalogueVersion(context.engine().catalogueVersion())
                    .timeMillis(context.clock().millis())
                    .spaceId(context.engine().spaceId())
                    .version(export.version)
                    .document(export.json, export.json.length)
                    .finish();
            return Status.OK;
        }
        Status status = export.json == null ? Status.UNKNOWN_PROFILE : Status.OUT_OF_RANGE;
        context.errors()
                .append(
                        exchange.replyBuffer(),
                        MessageType.EXPORT_PROFILE,
                        correlationId,
                        status,
                        "the profile was not exported: profileId=" + Long.toUnsignedString(export.profileId));
        return status;
    }
}
