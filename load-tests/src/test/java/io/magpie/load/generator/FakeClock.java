package io.magpie.load.generator;

/** A clock that moves when it is told to. */
final class FakeClock implements NanoClock {
    private long nanos;

    FakeClock(long nanos) {
        this.nanos = nanos;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    void advanceMillis(double millis) {
        nanos += (long) (millis * 1e6);
    }

    void advanceNanos(long more) {
        nanos += more;
    }
}
