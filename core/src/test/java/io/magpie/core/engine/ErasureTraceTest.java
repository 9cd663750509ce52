package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.LeftFiles;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.KilledProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plants random ids and markers, finds in the files what must be there, erases, and finds nothing in any file: in a running
 * store, after a restart, and after a process that links, merges and erases was killed. {@code -Dmagpie.crash.rounds=N} for
 * a longer run.
 */
class ErasureTraceTest {
    private static final int ROUNDS = Integer.getInteger("magpie.crash.rounds", 4);

    @TempDir
    Path root;

    /** Returns the names of the files that hold one of these. */
    static Map<String, Integer> holding(Path directory, byte[][] traces) throws IOException {
        Map<String, Integer> found = new HashMap<>();
        LeftFiles.forEach(directory, (file, bytes) -> {
            for (int i = 0; i < traces.length; i++) {
                if (LeftFiles.contains(bytes, traces[i])) {
                    found.put(directory.relativize(file) + " trace " + i, i);
                }
            }
        });
        return found;
    }

    @Test
    void shouldLeaveNothingInAnyFileWhenAPersonIsErasedAfterLinkMergeAndUnlink() throws Exception {
        Path directory = root.resolve("data");
        Engine engine = LinkStorm.open(directory);
        try {
            for (int step = 1; step < LinkStorm.STEPS; step++) {
                LinkStorm.step(engine, 2, step);
                LinkStorm.step(engine, 3, step);
            }
            // The hashes of all names, the marker and the seen item are held; a raw id never is.
            assertThat(holding(directory, LinkStorm.traces(engine, 2)).values())
                    .contains(1, 3, 5, 6, 7)
                    .doesNotContain(0, 2, 4);
            ErasureReceipt unlinked = engine.profiles().erase(LinkStorm.name(engine, 2, 2));
            assertThat(unlinked.identities()).isOne();
            assertThat(unlinked.consents()).isOne();
            // The unlinked name is gone, from what is left of the other profile's past as well.
            assertThat(holding(directory, LinkStorm.traces(engine, 2)).values())
                    .contains(1, 3, 6, 7)
                    .doesNotContain(0, 2, 4, 5);
            ErasureReceipt receipt = engine.profiles().erase(LinkStorm.name(engine, 2, 1));
            assertThat(receipt.identities()).isEqualTo(2);
            assertThat(receipt.redirects()).isOne();
            assertThat(receipt.slots()).isEqualTo(2);
            assertThat(receipt.seenItems()).isOne();
            assertThat(receipt.logParts()).isPositive();
            assertThat(holding(directory, LinkStorm.traces(engine, 2))).isEmpty();
            engine.close();
            assertThat(holding(directory, tracesOf(directory, 2))).isEmpty();
            engine = LinkStorm.open(directory);
            assertThat(holding(directory, LinkStorm.traces(engine, 2))).isEmpty();
            assertThat(holding(directory, LinkStorm.traces(engine, 3)).values()).contains(1, 3, 5, 6, 7);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("identity.key"))))
                    .isEqualTo("rw-------");
        } finally {
            engine.close();
        }
    }

    private static byte[][] tracesOf(Path directory, long person) throws Exception {
        try (Engine engine = LinkStorm.open(directory)) {
            return LinkStorm.traces(engine, person);
        }
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void shouldHoldAcknowledgedLinksAndNoErasedPersonWhenKilledInAStorm() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path directory = root.resolve("data");
        long person = 1;
        for (int round = 0; round < ROUNDS; round++) {
            Path errors = root.resolve("errors");
            Process process = KilledProcess.start(LinkStorm.class, errors, directory.toString(), Long.toString(person));
            long acknowledged;
            try {
                acknowledged = KilledProcess.killAfter(process, 1 + random.nextInt(900), random.nextInt(2_000));
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(acknowledged)
                    .as("seed=%d round=%d errors=%s", seed, round, Files.readString(errors))
                    .isNotNegative();
            try (Engine engine = LinkStorm.open(directory)) {
                for (long each = person; acknowledged > 0 && each <= acknowledged / 10; each++) {
                    int step = each < acknowledged / 10 ? LinkStorm.STEPS : (int) (acknowledged % 10);
                    compare(engine, each, step, "seed=" + seed + " round=" + round + " person=" + each);
                    boolean isErased = LinkStorm.isErased(each) && step == LinkStorm.ERASED;
                    if (isErased && each + 6 >= acknowledged / 10) {
                        assertThat(holding(directory, LinkStorm.traces(engine, each)))
                                .as("seed=%d round=%d person=%d", seed, round, each)
                                .isEmpty();
                    }
                }
            }
            // The one that was cut short stays as it is.
            person = acknowledged / 10 + 2;
        }
    }

    /** Checks a person of whom this many steps were acknowledged; the next one may have happened too. */
    private static void compare(Engine engine, long person, int step, String when) {
        long first = find(engine, person, 0);
        long second = find(engine, person, 1);
        long third = find(engine, person, 2);
        if (LinkStorm.isErased(person) && step == LinkStorm.ERASED) {
            assertThat(new long[] {first, second, third}).as(when).containsOnly(Person.NOBODY);
            return;
        }
        if (LinkStorm.isErased(person) && step == LinkStorm.ERASED - 1) {
            return;
        }
        ProfileRecord profile = engine.newProfileRecord();
        if (step >= LinkStorm.LINKED) {
            assertThat(first).as(when).isEqualTo(second).isNotEqualTo(Person.NOBODY);
            assertThat(engine.newReader().readProfile(first, profile)).as(when).isTrue();
            assertThat(profile.slotCount()).as(when).isEqualTo(2);
            assertThat(profile.links().redirectCount()).as(when).isOne();
            assertThat(engine.newReader().readProfile(profile.links().redirect(0), profile))
                    .as(when)
                    .isTrue();
            assertThat(profile.profileId()).as(when).isEqualTo(first);
        }
        if (step >= LinkStorm.UNLINKED) {
            assertThat(third).as(when).isNotEqualTo(first).isNotEqualTo(Person.NOBODY);
        } else if (step > LinkStorm.LINKED && step < LinkStorm.UNLINKED - 1) {
            assertThat(third).as(when).isEqualTo(first);
        }
    }

    private static long find(Engine engine, long person, int which) {
        return LinkStorm.name(engine, person, which).find(engine.newReader());
    }
}
