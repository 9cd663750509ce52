package io.magpie.server.verb;

import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The other side of a request, without a network: keeps the replies. */
class FakeExchange implements Exchange {
    final ByteBuf replies = Unpooled.buffer();
    private int unanswered;

    @Override
    public ByteBuf replyBuffer() {
        return replies;
    }

    @Override
    public void replied(int messageType, Status status, long arrivalNanos) {}

    @Override
    public void taken() {
        unanswered++;
    }

    @Override
    public void settled() {
        unanswered--;
    }

    @Override
    public int unanswered() {
        return unanswered;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }
}
