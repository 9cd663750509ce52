package io.magpie.server.verb;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.magpie.protocol.WriteReplyDecoder;
import io.magpie.server.audit.AuditEntry;
import io.magpie.server.audit.AuditLog;
import io.magpie.server.security.Session;
import io.netty.buffer.ByteBuf;

/**
 * Stands between a verb that is audited and the connection: reads from the reply how it ended, whenever the reply comes,
 * and hands that to the audit log. One a request; used by the event loop of its connection alone.
 */
final class AuditedExchange implements Exchange {
    private static final String UNANSWERED = "UNANSWERED";

    private final Exchange connection;
    private final AuditLog log;
    private final AuditEntry entry;
    private int replyOffset;
    private boolean written;

    AuditedExchange(Exchange connection, AuditLog log, AuditEntry entry) {
        this.connection = connection;
        this.log = log;
        this.entry = entry;
    }

    /** Returns how many lines it will write. */
    int lines() {
        return entry.lines();
    }

    @Override
    public Session session() {
        return connection.session();
    }

    @Override
    public Share share() {
        return connection.share();
    }

    @Override
    public void refuse() {
        connection.refuse();
    }

    @Override
    public ByteBuf replyBuffer() {
        ByteBuf replies = connection.replyBuffer();
        replyOffset = replies.writerIndex();
        return replies;
    }

    @Override
    public void replied(int messageType, Status status, long arrivalNanos) {
        if (!written) {
            written = true;
            note(messageType, status);
            log.write(entry);
        }
        connection.replied(messageType, status, arrivalNanos);
    }

    private void note(int messageType, Status status) {
        for (int i = 0; i < entry.lines(); i++) {
            entry.outcome(i, status.name());
        }
        if (status == Status.OK && isList(messageType)) {
            ByteBuf replies = connection.replyBuffer();
            WriteReplyDecoder decoder = new WriteReplyDecoder();
            if (decoder.wrap(replies, replyOffset, replies.writerIndex() - replyOffset) == Status.OK) {
                for (int i = 0; i < Math.min(entry.lines(), decoder.statusCount()); i++) {
                    entry.outcome(i, Status.of(decoder.status(i)).name());
                }
            }
        }
    }

    private static boolean isList(int messageType) {
        return messageType == MessageType.SET_CONSENTS
                || messageType == MessageType.LINK
                || messageType == MessageType.UNLINK;
    }

    @Override
    public void taken() {
        connection.taken();
    }

    @Override
    public void settled() {
        connection.settled();
        if (!connection.isOpen() && !written) {
            written = true;
            for (int i = 0; i < entry.lines(); i++) {
                entry.outcome(i, UNANSWERED);
            }
            log.write(entry);
        }
    }

    @Override
    public int unanswered() {
        return connection.unanswered();
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void execute(Runnable task) {
        connection.execute(task);
    }
}
