package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.SnapshotProgress;
import io.magpie.core.store.SnapshotScrub;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateMigration;
import io.magpie.core.store.StateRestore;
import io.magpie.core.store.StateStoreException;
import io.magpie.core.store.StateVerification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was erased after a snapshot is in no file of what is restored of it, and the others are as they were. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SnapshotErasureTest {
    private static final long ERASED = 2;
    private static final long KEPT = 3;

    @TempDir
    Path root;

    private static void steps(Engine engine, int from, int to) {
        for (int step = from; step <= to; step++) {
            LinkStorm.step(engine, ERASED, step);
            LinkStorm.step(engine, KEPT, step);
        }
    }

    private Path snapshot(Engine engine, String name) throws StateStoreException {
        Path snapshot = root.resolve(name);
        engine.snapshot(snapshot, 0, new SnapshotProgress());
        return snapshot;
    }

    private void requireSound(Path directory) {
        assertThat(StateVerification.verify(directory, root)).allMatch(StateVerification.Finding::ok);
    }

    private static long find(Engine engine, long person, int which) {
        return LinkStorm.name(engine, person, which).find(engine.newReader());
    }

    /** The names of both people as traces; the key is the same in all that is restored. */
    private static byte[][] traces(Path data, long person) throws StateStoreException {
        try (Engine engine = LinkStorm.open(data)) {
            return LinkStorm.traces(engine, person);
        }
    }

    @Test
    void shouldHoldNothingOfAPersonWhoWasErasedSinceWhenRestoredOrScrubbed() throws Exception {
        Path data = root.resolve("data");
        Path apart;
        Path linked;
        Path unlinked;
        try (Engine engine = LinkStorm.open(data)) {
            steps(engine, 1, LinkStorm.LINKED - 1);
            apart = snapshot(engine, "apart");
            steps(engine, LinkStorm.LINKED, LinkStorm.UNLINKED - 1);
            linked = snapshot(engine, "linked");
            steps(engine, LinkStorm.UNLINKED, LinkStorm.STEPS - 1);
            unlinked = snapshot(engine, "unlinked");
            // By the name that was unlinked: in "linked" it led to the profile that stays.
            LinkStorm.require(
                    engine.profiles().erase(LinkStorm.name(engine, ERASED, 2)).outcome());
            Path target = root.resolve("by-unlinked");
            // The engine is open: its list is only read.
            StateRestore.restore(linked, target, 0, 0, data);
            requireSound(target);
            byte[][] traces = LinkStorm.traces(engine, ERASED);
            assertThat(ErasureTraceTest.holding(target, traces).values())
                    .contains(1, 3, 6, 7)
                    .doesNotContain(5);
            LinkStorm.require(
                    engine.profiles().erase(LinkStorm.name(engine, ERASED, 0)).outcome());
        }
        byte[][] traces = traces(data, ERASED);
        byte[][] others = traces(data, KEPT);
        for (Path snapshot : List.of(apart, linked, unlinked)) {
            // Nothing is shown by what is not there before.
            assertThat(ErasureTraceTest.holding(snapshot, traces).values()).contains(1, 3, 6);
            Path target = root.resolve("restored-" + snapshot.getFileName());
            StateRestore.Result result = StateRestore.restore(snapshot, target, 0, 0, data.resolve("erasures.dat"));
            assertThat(result.erasedParts()).isPositive();
            requireRestored(target, traces, others);
            long left = SnapshotScrub.scrub(snapshot, data);
            assertThat(left).isEqualTo(result.erasedParts());
            requireSound(snapshot);
            assertThat(ErasureTraceTest.holding(snapshot, traces)).isEmpty();
            assertThat(ErasureTraceTest.holding(snapshot, others).values()).contains(1, 3, 6);
            Path again = root.resolve("again-" + snapshot.getFileName());
            assertThat(StateRestore.restore(snapshot, again, 0, 0).entries()).isEqualTo(result.entries());
            requireRestored(again, traces, others);
        }
        try (var files = Files.list(root)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".old") || name.endsWith(".partial"));
        }
    }

    private void requireRestored(Path target, byte[][] traces, byte[][] others) throws Exception {
        requireSound(target);
        assertThat(ErasureTraceTest.holding(target, traces)).isEmpty();
        assertThat(ErasureTraceTest.holding(target, others).values()).contains(1, 3, 6);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("identity.key"))))
                .isEqualTo("rw-------");
        try (Engine engine = LinkStorm.open(target)) {
            for (int which = 0; which < 3; which++) {
                assertThat(find(engine, ERASED, which)).isEqualTo(Person.NOBODY);
            }
            assertThat(find(engine, KEPT, 0)).isNotEqualTo(Person.NOBODY);
            ProfileRecord profile = engine.newProfileRecord();
            assertThat(engine.newReader().readProfile(find(engine, KEPT, 1), profile))
                    .isTrue();
        }
        assertThat(ErasureTraceTest.holding(target, traces)).isEmpty();
    }

    @Test
    void shouldBringBackWhoCameBackBeforeTheSnapshotWhenErasedOnlyBeforeIt() throws Exception {
        Path data = root.resolve("data");
        Path snapshot;
        try (Engine engine = LinkStorm.open(data)) {
            steps(engine, 1, LinkStorm.STEPS);
            assertThat(find(engine, ERASED, 0)).isEqualTo(Person.NOBODY);
            steps(engine, 1, 1);
            snapshot = snapshot(engine, "snapshot");
        }
        StateRestore.restore(snapshot, root.resolve("restored"), 0, 0, data);
        try (Engine engine = LinkStorm.open(root.resolve("restored"))) {
            assertThat(find(engine, ERASED, 0)).isNotEqualTo(Person.NOBODY);
            assertThat(find(engine, ERASED, 1)).isEqualTo(Person.NOBODY);
        }
    }

    @Test
    void shouldLeaveOutWhatOnlyAnErasedNameLedToWhenItWasLinkedAndUnlinkedSince() throws Exception {
        Path data = root.resolve("data");
        Path snapshot;
        byte[][] traces;
        byte[][] others;
        Person own = new Person().profile(7);
        float[] vector = new float[EngineFixture.DIMENSION];
        java.util.Arrays.fill(vector, LinkStorm.marker(KEPT));
        try (Engine engine = LinkStorm.open(data)) {
            steps(engine, 1, 1);
            LinkStorm.require(engine.profiles().putSlot(own, 0, 1, vector, 1, 1_000, ProfileWriter.ANY_VERSION));
            Person second = LinkStorm.name(engine, ERASED, 2);
            LinkStorm.require(engine.identities().link(own, second).outcome());
            snapshot = snapshot(engine, "snapshot");
            Person erased = LinkStorm.name(engine, ERASED, 0);
            LinkStorm.require(engine.identities()
                    .link(LinkStorm.name(engine, KEPT, 0), erased)
                    .outcome());
            for (Person name : List.of(erased, second)) {
                LinkStorm.require(engine.identities().unlink(name).outcome());
                LinkStorm.require(engine.profiles().erase(name).outcome());
            }
            traces = LinkStorm.traces(engine, ERASED);
            others = LinkStorm.traces(engine, KEPT);
        }
        assertThat(ErasureTraceTest.holding(snapshot, traces).values()).contains(1, 5, 6);
        Path target = root.resolve("restored");
        StateRestore.restore(snapshot, target, 0, 0, data);
        SnapshotScrub.scrub(snapshot, data);
        Path again = root.resolve("again");
        StateRestore.restore(snapshot, again, 0, 0);
        for (Path each : List.of(target, snapshot, again)) {
            requireSound(each);
            assertThat(ErasureTraceTest.holding(each, traces)).isEmpty();
            assertThat(ErasureTraceTest.holding(each, others).values()).contains(1, 6);
        }
        try (Engine engine = LinkStorm.open(target)) {
            ProfileRecord profile = engine.newProfileRecord();
            // It has a name of its own still.
            assertThat(own.read(engine.newReader(), profile)).isTrue();
            assertThat(profile.links().identityCount()).isZero();
            assertThat(find(engine, KEPT, 0)).isNotEqualTo(Person.NOBODY);
        }
    }

    @Test
    void shouldLeadNowhereWhenAnIdentityWasUnlinkedSinceFromWhoWasErased() throws Exception {
        Path data = root.resolve("data");
        Path snapshot;
        try (Engine engine = LinkStorm.open(data)) {
            steps(engine, 1, LinkStorm.LINKED);
            snapshot = snapshot(engine, "snapshot");
            Person unlinked = LinkStorm.name(engine, ERASED, 1);
            LinkStorm.require(engine.identities().unlink(unlinked).outcome());
            LinkStorm.step(engine, ERASED, 2);
            LinkStorm.require(
                    engine.profiles().erase(LinkStorm.name(engine, ERASED, 0)).outcome());
            assertThat(find(engine, ERASED, 1)).isNotEqualTo(Person.NOBODY);
        }
        Path target = root.resolve("restored");
        StateRestore.restore(snapshot, target, 0, 0, data);
        requireSound(target);
        assertThat(ErasureTraceTest.holding(target, traces(data, ERASED))).isEmpty();
        try (Engine engine = LinkStorm.open(target)) {
            assertThat(find(engine, ERASED, 0)).isEqualTo(Person.NOBODY);
            assertThat(find(engine, ERASED, 1)).isEqualTo(Person.NOBODY);
            LinkStorm.step(engine, ERASED, 2);
            ProfileRecord profile = engine.newProfileRecord();
            assertThat(LinkStorm.name(engine, ERASED, 1).read(engine.newReader(), profile))
                    .isTrue();
            assertThat(profile.slotCount()).isOne();
        }
    }

    @Test
    void shouldRefuseAListThatIsOlderOrAnotherDirectorysWhenRestored() throws Exception {
        Path data = root.resolve("data");
        Path other = root.resolve("other");
        Path old = root.resolve("old.dat");
        Path early;
        Path snapshot;
        LinkStorm.open(other).close();
        try (Engine engine = LinkStorm.open(data)) {
            Files.copy(data.resolve("erasures.dat"), old);
            early = snapshot(engine, "early");
            steps(engine, 1, LinkStorm.STEPS);
            snapshot = snapshot(engine, "snapshot");
        }
        Path target = root.resolve("restored");
        // With nobody on its own list it lacks none in any other; the other one's people are not its own all the same.
        assertThatThrownBy(() -> StateRestore.restore(early, target, 0, 0, other))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("another directory's");
        assertThatThrownBy(() -> StateRestore.restore(snapshot, target, 0, 0, old))
                .isInstanceOf(StateStoreException.class)
                .hasMessageContaining("older one");
        assertThatThrownBy(() -> StateRestore.restore(snapshot, target, 0, 0, other))
                .hasMessageContaining("another directory's");
        assertThatThrownBy(() -> SnapshotScrub.scrub(snapshot, other)).hasMessageContaining("another directory's");
        assertThatThrownBy(() -> StateRestore.restore(snapshot, target, 0, 0, root.resolve("none")))
                .hasMessageContaining("no such list");
        assertThat(target).doesNotExist();
        requireSound(snapshot);
    }

    @Test
    void shouldKeepIdentitiesMergesAndTheListOfErasuresWhenMigrated() throws Exception {
        Path data = root.resolve("data");
        Path early;
        try (Engine engine = LinkStorm.open(data)) {
            steps(engine, 1, LinkStorm.UNLINKED);
            early = snapshot(engine, "early");
            steps(engine, LinkStorm.UNLINKED + 1, LinkStorm.STEPS);
        }
        StateConfiguration shape = StateMigration.shapeOf(data);
        Path target = root.resolve("migrated");
        StateMigration.Result result = StateMigration.migrate(data, target, shape, shape.sources());
        assertThat(result.identities()).isEqualTo(3);
        assertThat(result.droppedIdentities()).isZero();
        requireSound(target);
        assertThat(ErasureTraceTest.holding(target, traces(data, ERASED))).isEmpty();
        try (Engine before = LinkStorm.open(data);
                Engine after = LinkStorm.open(target)) {
            for (int which = 0; which < 3; which++) {
                assertThat(find(after, KEPT, which))
                        .isEqualTo(find(before, KEPT, which))
                        .isNotEqualTo(Person.NOBODY);
            }
            ProfileRecord profile = after.newProfileRecord();
            assertThat(after.newReader().readProfile(find(after, KEPT, 0), profile))
                    .isTrue();
            assertThat(profile.links().redirectCount()).isOne();
            assertThat(after.newReader().readProfile(profile.links().redirect(0), profile))
                    .isTrue();
            assertThat(profile.profileId()).isEqualTo(find(after, KEPT, 0));
            assertThat(after.profiles().erase(LinkStorm.name(after, KEPT, 0)).outcome())
                    .isEqualTo(Outcome.OK);
        }
        // What is erased in the new one is kept out of snapshots of the old one.
        Path restored = root.resolve("restored");
        StateRestore.restore(early, restored, 0, 0, target);
        for (long person : new long[] {ERASED, KEPT}) {
            byte[][] traces = traces(target, person);
            byte[][] named = person == ERASED ? traces : java.util.Arrays.copyOf(traces, 4);
            assertThat(ErasureTraceTest.holding(restored, named)).isEmpty();
        }

        List<String> turned = new java.util.ArrayList<>(shape.sources());
        java.util.Collections.reverse(turned);
        StateConfiguration other = StateConfiguration.builder(shape.dimension(), turned)
                .maxProfiles(100)
                .maxItems(100)
                .build();
        assertThatThrownBy(() -> StateMigration.migrate(data, root.resolve("turned"), other, turned))
                .hasMessageContaining("A source that has identities would get another number");
        StateConfiguration fewer = StateConfiguration.builder(
                        shape.dimension(), shape.sources().subList(0, 1))
                .maxProfiles(100)
                .maxItems(100)
                .build();
        result = StateMigration.migrate(data, root.resolve("fewer"), fewer, fewer.sources());
        assertThat(result.identities()).isOne();
        assertThat(result.droppedIdentities()).isEqualTo(2);
        requireSound(root.resolve("fewer"));
    }
}
