package io.magpie.core.store;

import java.io.DataOutputStream;
import java.nio.file.Path;

/** What is done to directories while no server has them: a process of its own does it, to be killed meanwhile. */
enum OfflineWork {
    /** A snapshot becomes a data directory of another size. */
    RESTORE {
        @Override
        void run(Path from, Path to) throws StateStoreException {
            StateRestore.restore(from, to, 2 * CrashWriter.configuration().maxProfiles(), 0);
        }
    },
    /** A data directory becomes one of another size. */
    RESIZE {
        @Override
        void run(Path from, Path to) throws StateStoreException {
            StateMigration.migrate(
                    from,
                    to,
                    StateFixture.configuration()
                            .maxProfiles(2 * CrashWriter.configuration().maxProfiles())
                            .build(),
                    StateFixture.SOURCES);
        }
    },
    /** Who is on a newer list of erasures is overwritten in a snapshot. */
    SCRUB {
        @Override
        void run(Path from, Path to) throws StateStoreException {
            SnapshotScrub.scrub(to, from);
        }
    };

    /**
     * Does it.
     *
     * @param from is only read
     * @param to   is made, or changed
     */
    abstract void run(Path from, Path to) throws StateStoreException;

    /** Arguments: which, from, to. Says 0 when it begins and how many microseconds it took when it has ended. */
    public static void main(String[] arguments) throws Exception {
        DataOutputStream told = new DataOutputStream(System.out);
        told.writeLong(0);
        told.flush();
        long before = System.nanoTime();
        valueOf(arguments[0]).run(Path.of(arguments[1]), Path.of(arguments[2]));
        told.writeLong((System.nanoTime() - before) / 1_000);
        told.flush();
    }
}
