package io.magpie.load.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of its processors' time a virtual machine's host gave to others, as Linux counts it (proc(5), steal). What is
 * measured on such a machine is not the server's alone. Immutable.
 */
public final class StolenTime {
    private static final Path STAT = Path.of("/proc/stat");
    /** user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted among these. */
    private static final int FIELDS = 8;

    private final long stolen;
    private final long all;

    private StolenTime(long stolen, long all) {
        this.stolen = stolen;
        this.all = all;
    }

    /** Reads the counters of this machine. */
    public static StolenTime now() {
        try {
            return of(Files.readString(STAT));
        } catch (IOException e) {
            return new StolenTime(0, 0); // not counted here
        }
    }

    /** Reads the counters out of the text of {@code /proc/stat}. */
    static StolenTime of(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").trim().split(" +");
        long sum = 0;
        for (int i = 1; i <= FIELDS && i < fields.length; i++) {
            sum += Long.parseLong(fields[i]);
        }
        return new StolenTime(fields.length > FIELDS ? Long.parseLong(fields[FIELDS]) : 0, sum);
    }

    /** Returns which share of all time since an earlier reading was stolen, 0 to 1; 0 where it is not counted. */
    public double shareSince(StolenTime earlier) {
        long passed = all - earlier.all;
        return passed > 0 ? (double) (stolen - earlier.stolen) / passed : 0;
    }
}
