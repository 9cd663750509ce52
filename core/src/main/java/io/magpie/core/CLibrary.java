package io.magpie.core;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of the C library that Java has none for. All of them only make things faster: where they cannot be made, on other
 * systems than Linux too, nothing happens. Thread-safe.
 */
public final class CLibrary {
    private static final int PRIO_PROCESS = 0;
    private static final int CALLING_THREAD = 0;
    private static final int MADV_DONTNEED = 4;
    private static final Logger LOGGER = LoggerFactory.getLogger(CLibrary.class);

    /** What is called. Public, as the class that implements it is made at run time. */
    public interface Calls {
        /** setpriority(2); on Linux a {@code who} of 0 is the calling thread, not its process. */
        int setpriority(int which, int who, int priority);

        /** madvise(2). */
        int madvise(long address, long length, int advice);
    }

    /** Loaded once, by the first thread that needs it; null where it cannot be. */
    private static final class Loaded {
        static final Calls CALLS = load();

        private static Calls load() {
            try {
                return Platform.getNativePlatform().getOS() == Platform.OS.LINUX
                        ? LibraryLoader.create(Calls.class).load("c")
                        : null;
            } catch (RuntimeException | LinkageError e) {
                LOGGER.debug("the C library cannot be called", e);
                return null;
            }
        }
    }

    private CLibrary() {}

    /** Sets the nice level of the calling thread. */
    static void setNice(int level) {
        setNice(CALLING_THREAD, level);
    }

    /**
     * Sets the nice level of any thread of this process.
     *
     * @param thread its number, as Linux knows it
     */
    static void setNice(int thread, int level) {
        if (Loaded.CALLS != null) {
            Loaded.CALLS.setpriority(PRIO_PROCESS, thread, level);
        }
    }

    /**
     * Takes the pages of a file that is mapped shared out of the page tables, before the file is forced to the device. What was
     * written stays in the kernel's memory, and pages come back when they are touched, by any thread at any time. Without this,
     * forcing protects each page by itself and interrupts the other processors for each: some ten microseconds a page on a
     * virtual machine.
     *
     * @param address of the first byte of a page; all of the range must be of such a mapping, and stay mapped meanwhile: of other
     *     memory the contents would be lost
     * @param length  in bytes
     * @return whether it was done
     */
    public static boolean unmapPages(long address, long length) {
        return Loaded.CALLS != null && Loaded.CALLS.madvise(address, length, MADV_DONTNEED) == 0;
    }
}
