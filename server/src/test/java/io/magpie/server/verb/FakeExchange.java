package io.magpie.server.verb;

import io.magpie.protocol.Status;
import io.magpie.server.security.Access;
import io.magpie.server.security.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The other side of a request, without a network: keeps the replies. */
class FakeExchange implements Exchange {
    final ByteBuf replies = Unpooled.buffer();
    final List<Status> statuses = new ArrayList<>();
    private final Session session = new Session(Access.open(null, Clock.systemUTC()), "test");
    private final Share share = new Share();
    private int unanswered;

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Share share() {
        return share;
    }

    @Override
    public void refuse() {}

    @Override
    public ByteBuf replyBuffer() {
        return replies;
    }

    @Override
    public void replied(int messageType, Status status, long arrivalNanos) {
        statuses.add(status);
    }

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
