package io.magpie.server.verb;

/** How much of a turn of its event loop a connection has had. Kept by admission; used by that event loop alone. */
public final class Share {
    private long turn;
    private double nanos;

    /** Returns whether it has asked for nothing yet in this turn, which begins with that. */
    boolean begins(long ofTurn) {
        if (turn == ofTurn) {
            return false;
        }
        turn = ofTurn;
        nanos = 0;
        return true;
    }

    /** Returns the predicted cost of what was taken of it in this turn, in nanoseconds. */
    double nanos() {
        return nanos;
    }

    void add(double cost) {
        nanos += cost;
    }
}
