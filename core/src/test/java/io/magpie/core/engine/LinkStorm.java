package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.store.StateConfiguration;
import io.magpie.core.store.StateStoreException;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that makes people, links them, merges them, unlinks and erases them, until it is killed. Person n has four
 * random ids, two profiles that are merged, and a marker in every vector, which all follow from n; every step that was
 * acknowledged is told on the standard output as {@code n * 10 + step}.
 */
final class LinkStorm {
    static final int STEPS = 8;
    /** After this step two names of person n lead to one profile. */
    static final int LINKED = 3;
    /** After this one a name was unlinked: it leads elsewhere. */
    static final int UNLINKED = 6;
    /** Every second person is erased, by one of the ids that were merged or an identity. */
    static final int ERASED = 8;

    static final long SEEN_MARKER = 0x7A13_9C55_0000_0000L;

    static final long SEEN_MILLIS = 1_600_000_123_000L;

    private LinkStorm() {}

    static Engine open(Path directory) throws StateStoreException {
        StateConfiguration state = EngineFixture.state()
                .maxProfiles(4_000)
                .maxItems(2_200)
                .seenLimit(100)
                .logSegmentBytes(128 << 10)
                .checkpointSegments(2)
                .lockTimeoutMillis(20_000)
                .build();
        return EngineFixture.open(directory, state);
    }

    /** Returns the bytes of the n-th person's id, 16 of them and random. */
    static byte[] externalId(long person, int which) {
        byte[] id = new byte[16];
        new Random(person * 31 + which).nextBytes(id);
        return id;
    }

    /** Returns what stands in every vector and consent of a person, and in nothing else. */
    static float marker(long person) {
        return Float.intBitsToFloat(0x3F9A_0000 | (int) (person & 0xFFFF));
    }

    /** Returns a vector of nothing but the person's marker. */
    static float[] vector(long person) {
        float[] vector = new float[EngineFixture.DIMENSION];
        java.util.Arrays.fill(vector, marker(person));
        return vector;
    }

    static boolean isErased(long person) {
        return person % 2 == 0;
    }

    /** Arguments: the data directory, and the number of the first person. */
    public static void main(String[] arguments) throws Exception {
        DataOutputStream acknowledged = new DataOutputStream(System.out);
        try (Engine engine = open(Path.of(arguments[0]))) {
            acknowledged.writeLong(0);
            acknowledged.flush();
            for (long person = Long.parseLong(arguments[1]); ; person++) {
                for (int step = 1; step <= STEPS; step++) {
                    step(engine, person, step);
                    acknowledged.writeLong(person * 10 + step);
                    acknowledged.flush();
                }
            }
        }
    }

    static Person name(Engine engine, long person, int which) {
        return new People(engine).identity(which % 3, externalId(person, which));
    }

    static void step(Engine engine, long person, int step) {
        float[] vector = vector(person);
        long now = System.currentTimeMillis();
        switch (step) {
            case 1 ->
                require(engine.profiles()
                        .putSlot(name(engine, person, 0), 0, 1, vector, 1, now, ProfileWriter.ANY_VERSION));
            case 2 ->
                require(engine.profiles()
                        .putSlot(name(engine, person, 1), 1, 1, vector, 1, now, ProfileWriter.ANY_VERSION));
            case LINKED ->
                require(engine.identities()
                        .link(name(engine, person, 0), name(engine, person, 1))
                        .outcome());
            case 4 ->
                require(engine.identities()
                        .link(name(engine, person, 2), name(engine, person, 1))
                        .outcome());
            case 5 -> {
                long item = SEEN_MARKER | person;
                require(engine.items().put(item, 1, new float[EngineFixture.DIMENSION], 0, ItemAttributes.NONE));
                require(engine.profiles().markSeen(name(engine, person, 1), 2, new long[] {item}, 1, SEEN_MILLIS));
                require(engine.items().remove(item));
            }
            case UNLINKED ->
                require(engine.identities().unlink(name(engine, person, 2)).outcome());
            case 7 ->
                require(engine.profiles()
                        .setConsent(
                                name(engine, person, 2),
                                0,
                                0,
                                ProfileDescriptor.CONSENT_GRANTED,
                                now,
                                ProfileWriter.ANY_VERSION));
            default -> {
                if (isErased(person)) {
                    require(engine.profiles().erase(name(engine, person, 2)).outcome());
                    require(engine.profiles().erase(name(engine, person, 0)).outcome());
                }
            }
        }
    }

    static void require(Outcome outcome) {
        if (outcome != Outcome.OK) {
            throw new IllegalStateException("not acknowledged: outcome=" + outcome);
        }
    }

    /** Returns what of a person must be in no file after an erasure, as bytes. */
    static byte[][] traces(Engine engine, long person) {
        byte[][] traces = new byte[8][];
        for (int which = 0; which < 3; which++) {
            traces[2 * which] = externalId(person, which);
            Person name = name(engine, person, which);
            traces[2 * which + 1] = words(name.high(), name.low());
        }
        traces[6] = vectorTrace(person);
        // The item alone may stand in the log as an item; with time, source and count it is what somebody has seen.
        traces[7] = words(SEEN_MARKER | person, SEEN_MILLIS / 1000 | 2L << 32 | 1L << 48);
        return traces;
    }

    /** Returns what of a person's vector must be in no file. */
    static byte[] vectorTrace(long person) {
        return little(8).putFloat(marker(person)).putFloat(marker(person)).array();
    }

    private static byte[] words(long... values) {
        ByteBuffer bytes = little(values.length * Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return bytes.array();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    }
}
