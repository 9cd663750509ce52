package io.magpie.load.generator;

/** Where the generator reads the time, so that tests can stop it. */
@FunctionalInterface
public interface NanoClock {
    /** The clock of this JVM. */
    NanoClock SYSTEM = System::nanoTime;

    /** Returns nanoseconds since an origin of the clock's own; only differences mean something. */
    long nanoTime();
}
