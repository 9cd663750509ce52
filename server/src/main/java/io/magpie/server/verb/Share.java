package io.magpie.server.verb;

/** How much of a turn of its event loop a connection has had. Kept by admission; used by that event loop alone. */
public final class Share {
    private long turn;
    private double nanos;
    private long behind;

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

    /** Returns the same of a turn, which is 0 if it has asked for nothing in it. */
    double nanos(long ofTurn) {
        return turn == ofTurn ? nanos : 0;
    }

    /**
     * Says how many more of its requests have arrived, behind the one that is decided on next.
     *
     * @param requests about; 0 where it is not known
     */
    public void behind(long requests) {
        behind = requests;
    }

    /** Returns how many more of its requests have arrived. */
    long behind() {
        return behind;
    }

    void add(double cost) {
        nanos += cost;
    }
}
