package io.magpie.server.verb;

import io.magpie.protocol.MessageType;
import io.magpie.protocol.Status;
import io.magpie.server.security.Session;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * One batch on its way: an {@link Exchange} for each of its requests, and the answers that are there, gathered in one pooled
 * buffer in the order in which they came. Reused. Used by its event loop alone.
 */
final class BatchExchange {
    private final BatchHandler handler;
    private Exchange outer;
    private long correlationId;
    private long arrivalNanos;
    private ByteBuf gathered;
    private Inner[] inners = new Inner[0];
    private int count;
    private int answered;
    private int unanswered;
    private int end;
    private int heldBytes;
    private boolean dispatching;

    BatchExchange(BatchHandler handler) {
        this.handler = handler;
    }

    void begin(Request request, int requests) {
        outer = request.exchange();
        correlationId = request.correlationId();
        arrivalNanos = request.arrivalNanos();
        gathered = request.replyBuffer().alloc().directBuffer();
        if (inners.length < requests) {
            int before = inners.length;
            inners = Arrays.copyOf(inners, requests);
            for (int i = before; i < requests; i++) {
                inners[i] = new Inner();
            }
        }
        for (int i = 0; i < requests; i++) {
            inners[i].isAnswered = false;
            inners[i].length = 0;
        }
        count = requests;
        answered = 0;
        unanswered = 0;
        end = 0;
        heldBytes = 0;
        dispatching = true;
        outer.taken();
    }

    Exchange inner(int index) {
        return inners[index];
    }

    long arrivalNanos() {
        return arrivalNanos;
    }

    /** Says that each request has been given to its verb. */
    void dispatched() {
        dispatching = false;
        endIfAnswered();
    }

    private void endIfAnswered() {
        if (dispatching || answered < count) {
            return;
        }
        Exchange asker = outer;
        ByteBuf answers = gathered;
        outer = null;
        gathered = null;
        if (asker.isOpen()) {
            VerbContext context = handler.context();
            handler.encoder()
                    .wrap(asker.replyBuffer(), correlationId)
                    .catalogueVersion(context.engine().catalogueVersion())
                    .timeMillis(context.clock().millis())
                    .spaceId(context.engine().spaceId())
                    .beginAnswers(end);
            for (int i = 0; i < count; i++) {
                handler.encoder().addAnswer(answers, inners[i].offset, inners[i].length);
            }
            handler.encoder().finish();
            asker.replied(MessageType.BATCH, Status.OK, arrivalNanos);
        }
        answers.release();
        handler.done(this, heldBytes);
        asker.settled();
    }

    /** The other side of one request of the batch. */
    private final class Inner implements Exchange {
        private boolean isAnswered;
        private int offset;
        private int length;

        @Override
        public Session session() {
            return outer.session();
        }

        @Override
        public Share share() {
            return outer.share();
        }

        @Override
        public void refuse() {
            outer.refuse();
        }

        @Override
        public ByteBuf replyBuffer() {
            return gathered;
        }

        @Override
        public void replied(int messageType, Status status, long arrival) {
            int bytes = gathered.writerIndex() - end;
            boolean fits = handler.hold(gathered.writerIndex(), bytes);
            heldBytes += bytes;
            if (!fits && status == Status.OK && MessageType.isRead(messageType)) {
                refuse(messageType);
            }
            offset = end;
            end = gathered.writerIndex();
            length = end - offset;
            handler.answered(messageType, status, System.nanoTime() - arrival);
            answer();
        }

        /** Puts an error in the place of an answer that there is no room for: nothing was changed by the request. */
        private void refuse(int messageType) {
            long id = io.magpie.protocol.FrameHeader.correlationId(gathered, end);
            gathered.writerIndex(end);
            handler.errors()
                    .append(
                            gathered,
                            messageType,
                            id,
                            Status.OVERLOADED,
                            "the answers of the batch are longer than a connection may leave unwritten: ask in parts"
                                    + " (limits.unwritten-hard-size)");
        }

        private void answer() {
            if (!isAnswered) {
                isAnswered = true;
                answered++;
                endIfAnswered();
            }
        }

        @Override
        public void taken() {
            unanswered++;
        }

        @Override
        public void settled() {
            unanswered--;
            if (outer != null && !outer.isOpen()) {
                answer(); // nobody will write it any more
            }
        }

        @Override
        public int unanswered() {
            return outer.unanswered() - 1 + unanswered;
        }

        @Override
        public boolean isOpen() {
            return outer != null && outer.isOpen();
        }

        @Override
        public void execute(Runnable task) {
            outer.execute(task);
        }
    }
}
