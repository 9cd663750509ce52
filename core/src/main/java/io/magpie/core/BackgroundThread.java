package io.magpie.core;

/**
 * Makes daemon threads for work that can wait: checkpoints, new log segments, snapshots, exports. Where there are fewer
 * processors than work, they leave them to the threads that answer: on Linux they run at nice {@value #NICE}, about a
 * tenth of the share of a usual thread. Elsewhere, and where the C library cannot be called, they are like any other.
 */
public final class BackgroundThread {
    /** Not the most there is: some hold a lock for microseconds, and must not lose their processor for long meanwhile. */
    static final int NICE = 10;

    private BackgroundThread() {}

    /** Makes a thread, not started yet. */
    public static Thread of(Runnable task, String name) {
        Runnable behindOthers = () -> {
            CLibrary.setNice(NICE);
            task.run();
        };
        Thread thread = new Thread(behindOthers, name);
        thread.setDaemon(true);
        return thread;
    }
}
