package io.magpie.core;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes daemon threads for work that can wait: checkpoints, new log segments, snapshots, exports. Where there are fewer
 * processors than work, they leave them to the threads that answer: on Linux they run at nice {@value #NICE}, about a
 * tenth of the share of a usual thread. Elsewhere, and where the C library cannot be called, they are like any other.
 */
public final class BackgroundThread {
    /** Not the most there is: some hold a lock for microseconds, and must not lose their processor for long meanwhile. */
    static final int NICE = 10;

    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;
    private static final Logger LOGGER = LoggerFactory.getLogger(BackgroundThread.class);

    /** What is called of the C library. Public, as the class that implements it is made at run time. */
    public interface LibC {
        /** setpriority(2); on Linux a {@code who} of 0 is the calling thread, not its process. */
        int setpriority(int which, int who, int priority);
    }

    /** Loaded once, by the first thread that needs it; where it cannot be, all of them learn that. */
    private static final class Loaded {
        static final LibC LIB_C = LibraryLoader.create(LibC.class).load("c");
    }

    private BackgroundThread() {}

    /** Makes a thread, not started yet. */
    public static Thread of(Runnable task, String name) {
        Runnable behindOthers = () -> {
            giveWay();
            task.run();
        };
        Thread thread = new Thread(behindOthers, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void giveWay() {
        try {
            if (Platform.getNativePlatform().getOS() == Platform.OS.LINUX) {
                Loaded.LIB_C.setpriority(PRIO_PROCESS, CALLING_THREAD, NICE);
            }
        } catch (RuntimeException | LinkageError e) {
            LOGGER.debug("background work has the priority of any other: thread={}", Thread.currentThread(), e);
        }
    }
}
