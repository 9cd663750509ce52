package io.magpie.core.store;

import io.magpie.core.profile.ProfileRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Shape and limits of the state. Immutable and validated once, in {@link Builder#build()}; thread-safe.
 *
 * <p>Everything up to and including {@link #maxIdentities()} is fixed when a data directory is created; opening it with
 * other values is refused. The rest may change from start to start.
 */
public final class StateConfiguration {
    /** When what was written is forced to the device; a killed process loses nothing in any of them. */
    public enum SyncMode {
        /** Never by us: a lost machine loses what its kernel had not written yet, about the last 30 seconds. */
        NONE,
        /** Every {@link StateConfiguration#syncIntervalMillis()}: a lost machine loses at most about that much. */
        PERIODIC,
        /** Before each acknowledgement: a lost machine loses nothing that was acknowledged, if its device keeps its word. */
        EVERY_COMMIT
    }

    private final Builder values;

    private StateConfiguration(Builder values) {
        this.values = values;
    }

    /**
     * Starts a configuration.
     *
     * @param dimension length of every vector, 1..1024
     * @param sources   names of the sources, in their order: a source's number is its place
     */
    public static Builder builder(int dimension, List<String> sources) {
        return new Builder(dimension, sources);
    }

    /** Returns the length of every vector. */
    public int dimension() {
        return values.dimension;
    }

    /** Returns the names of the sources; a source's number is its place. */
    public List<String> sources() {
        return values.sources;
    }

    /** Returns how many sources a profile's consent has room for. Default: the sources and three more. */
    public int sourceCapacity() {
        return values.sourceCapacity;
    }

    /** Returns how many slots a profile has room for. Default: two a source. */
    public int slotCapacity() {
        return values.slotCapacity;
    }

    /** Returns how many profiles the store takes. Default: 100,000. */
    public long maxProfiles() {
        return values.maxProfiles;
    }

    /** Returns how many items the store takes. Default: 100,000. */
    public long maxItems() {
        return values.maxItems;
    }

    /** Returns how many seen items a person has at most. Default: 2,048. */
    public int seenLimit() {
        return values.seenLimit;
    }

    /** Returns how many chunks of 62 seen items the store takes, over all people. Default: two a profile. */
    public long maxSeenChunks() {
        return values.maxSeenChunks;
    }

    /** Returns how many identities the store takes, over all people. Default: two a profile. */
    public long maxIdentities() {
        return values.maxIdentities;
    }

    /** Returns the length in bytes of one segment of the update log. Default: 64 MiB. */
    public int logSegmentBytes() {
        return values.logSegmentBytes;
    }

    /** Returns with how many full segments of the log a checkpoint is made by itself. Default: 4. */
    public int checkpointSegments() {
        return values.checkpointSegments;
    }

    /** Returns when what was written is forced to the device. Default: {@link SyncMode#NONE}. */
    public SyncMode syncMode() {
        return values.syncMode;
    }

    /** Returns the pause between forced writes with {@link SyncMode#PERIODIC}. Default: 1,000 ms. */
    public int syncIntervalMillis() {
        return values.syncIntervalMillis;
    }

    /** Returns how long opening waits for another process to let go of the directory. Default: 2,000 ms. */
    public int lockTimeoutMillis() {
        return values.lockTimeoutMillis;
    }

    /** Returns whether to start although records of the log or entries of the maps are lost. Default: no. */
    public boolean acceptLoss() {
        return values.acceptLoss;
    }

    /** Returns whether opening reads all of the files of a directory that was closed, and compares. Default: yes. */
    public boolean checkFiles() {
        return values.checkFiles;
    }

    /** Makes an empty profile of this shape. */
    ProfileRecord newProfileRecord() {
        return new ProfileRecord(sourceCapacity(), slotCapacity(), dimension());
    }

    /** Collects the values. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private final int dimension;
        private final List<String> sources;
        private int sourceCapacity;
        private int slotCapacity;
        private long maxProfiles = 100_000;
        private long maxItems = 100_000;
        private int seenLimit = 2_048;
        private long maxSeenChunks;
        private long maxIdentities;
        private int logSegmentBytes = 64 << 20;
        private int checkpointSegments = 4;
        private SyncMode syncMode = SyncMode.NONE;
        private int syncIntervalMillis = 1_000;
        private int lockTimeoutMillis = 2_000;
        private boolean acceptLoss;
        private boolean checkFiles = true;

        private Builder(int dimension, List<String> sources) {
            this.dimension = dimension;
            this.sources = List.copyOf(sources);
        }

        /** Sets how many sources consent has room for: at least the configured ones, at most 255. */
        public Builder sourceCapacity(int capacity) {
            sourceCapacity = capacity;
            return this;
        }

        /** Sets how many slots a profile has room for, 1..1024. */
        public Builder slotCapacity(int capacity) {
            slotCapacity = capacity;
            return this;
        }

        /** Sets how many profiles the store takes, at least 1. */
        public Builder maxProfiles(long most) {
            maxProfiles = most;
            return this;
        }

        /** Sets how many items the store takes, at least 1. */
        public Builder maxItems(long most) {
            maxItems = most;
            return this;
        }

        /** Sets how many seen items a person has at most, 1..65,536. */
        public Builder seenLimit(int most) {
            seenLimit = most;
            return this;
        }

        /** Sets how many chunks of 62 seen items the store takes, at least 1. */
        public Builder maxSeenChunks(long most) {
            maxSeenChunks = most;
            return this;
        }

        /** Sets how many identities the store takes, at least 1. */
        public Builder maxIdentities(long most) {
            maxIdentities = most;
            return this;
        }

        /** Sets the length of a segment of the log, a multiple of 4,096, 64 KiB..1 GiB; one change must fit. */
        public Builder logSegmentBytes(int bytes) {
            logSegmentBytes = bytes;
            return this;
        }

        /** Sets with how many full segments a checkpoint is made, 1..1,000. */
        public Builder checkpointSegments(int segments) {
            checkpointSegments = segments;
            return this;
        }

        /** Sets when what was written is forced to the device. */
        public Builder syncMode(SyncMode mode) {
            syncMode = mode;
            return this;
        }

        /** Sets the pause between forced writes, 1..600,000 ms. */
        public Builder syncIntervalMillis(int millis) {
            syncIntervalMillis = millis;
            return this;
        }

        /** Sets how long opening waits for another process, 0..600,000 ms. */
        public Builder lockTimeoutMillis(int millis) {
            lockTimeoutMillis = millis;
            return this;
        }

        /** Sets whether to start although something is lost that was acknowledged; what, is then logged. */
        public Builder acceptLoss(boolean accept) {
            acceptLoss = accept;
            return this;
        }

        /** Sets whether opening reads all files and compares checksums: some seconds a ten gigabytes. */
        public Builder checkFiles(boolean check) {
            checkFiles = check;
            return this;
        }

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of its range; the message names it
         */
        public StateConfiguration build() {
            Builder copy;
            try {
                copy = (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
            if (copy.sourceCapacity == 0) {
                copy.sourceCapacity = Math.min(255, sources.size() + 3);
            }
            if (copy.slotCapacity == 0) {
                copy.slotCapacity = 2 * sources.size();
            }
            if (copy.maxSeenChunks == 0) {
                copy.maxSeenChunks = 2 * maxProfiles;
            }
            if (copy.maxIdentities == 0) {
                copy.maxIdentities = 2 * maxProfiles;
            }
            copy.validate();
            return new StateConfiguration(copy);
        }

        private void validate() {
            range("dimension", dimension, 1, 1024);
            range("sources", sources.size(), 1, 255);
            Set<String> names = new HashSet<>();
            for (String source : sources) {
                if (!source.matches("[A-Za-z0-9._-]{1,64}") || !names.add(source)) {
                    throw new IllegalArgumentException("a source's name is 1 to 64 letters, digits, '.', '_', '-', and"
                            + " no two are equal: source=" + source);
                }
            }
            range("sourceCapacity", sourceCapacity, sources.size(), 255);
            range("slotCapacity", slotCapacity, 1, 1024);
            range("maxProfiles", maxProfiles, 1, 1L << 33);
            range("maxItems", maxItems, 1, 1L << 31);
            range("seenLimit", seenLimit, 1, 1 << 16);
            range("maxSeenChunks", maxSeenChunks, 1, 1L << 35);
            range("maxIdentities", maxIdentities, 1, 1L << 35);
            range("logSegmentBytes", logSegmentBytes, 64 << 10, 1 << 30);
            if (logSegmentBytes % 4096 != 0) {
                throw new IllegalArgumentException("not a multiple of 4096: logSegmentBytes=" + logSegmentBytes);
            }
            range("checkpointSegments", checkpointSegments, 1, 1_000);
            range("syncIntervalMillis", syncIntervalMillis, 1, 600_000);
            range("lockTimeoutMillis", lockTimeoutMillis, 0, 600_000);
        }

        private static void range(String name, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        "out of range: " + name + "=" + value + " least=" + least + " most=" + most);
            }
        }
    }
}
