package io.magpie.load.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * What a scenario asks, in shares of a hundred.
 *
 * @param recommend          recommendations
 * @param recordAndRecommend an event and the answer that knows of it, in one round trip
 * @param getProfile         profiles with their vectors
 * @param event              events
 * @param putSlot            whole interest vectors
 * @param patch              items hidden or shown again
 */
record Mix(int recommend, int recordAndRecommend, int getProfile, int event, int putSlot, int patch) {
    /** What a shop asks over a day. */
    static final Mix RETAIL = new Mix(80, 10, 0, 8, 0, 2);
    /** As many writes as reads. */
    static final Mix WRITE_STORM = new Mix(35, 0, 15, 25, 20, 5);
    /** Reads with some writes, for people whom everybody asks for. */
    static final Mix HOT_KEYS = new Mix(60, 0, 30, 10, 0, 0);

    /** Names of the kinds, by their number. */
    static final List<String> NAMES =
            List.of("recommend", "record-and-recommend", "get-profile", "record-events", "put-slots", "patch-items");

    static final int RECOMMEND = 0;
    static final int RECORD_AND_RECOMMEND = 1;
    static final int GET_PROFILE = 2;
    static final int EVENT = 3;
    static final int PUT_SLOT = 4;
    static final int PATCH = 5;

    private static final int ALL = 100;

    Mix {
        int sum = recommend + recordAndRecommend + getProfile + event + putSlot + patch;
        if (sum != ALL) {
            throw new IllegalArgumentException("shares add up to a hundred: sum=" + sum);
        }
    }

    /** Returns the kind that a number from 0 to 99 stands for. */
    int kind(int percent) {
        int bound = 0;
        int[] shares = shares();
        for (int kind = 0; kind < shares.length; kind++) {
            bound += shares[kind];
            if (percent < bound) {
                return kind;
            }
        }
        throw new IllegalArgumentException("percent=" + percent);
    }

    /** Returns how often what is said, for people. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        int[] shares = shares();
        for (int kind = 0; kind < shares.length; kind++) {
            if (shares[kind] > 0) {
                parts.add(NAMES.get(kind) + ' ' + shares[kind] + " %");
            }
        }
        return String.join(", ", parts);
    }

    private int[] shares() {
        return new int[] {recommend, recordAndRecommend, getProfile, event, putSlot, patch};
    }
}
