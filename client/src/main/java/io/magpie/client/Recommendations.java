package io.magpie.client;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The items asked for, best first: score descending, then id ascending, unsigned; of score in the order of asking.
 * Immutable.
 *
 * @param profileId        as asked
 * @param items            the items, best first
 * @param flags            what is special about this answer
 * @param catalogueVersion the catalogue that was searched
 * @param spaceId          the catalogue's space
 * @param timeMillis       the server's time of the answer, milliseconds since 1970
 * @param profileVersion   version of the profile that answered; 0 for none
 * @param unseenBound      no item left unseen scores above it; negative infinity when all were looked at
 * @param scannedItems     items looked at in any form
 * @param scoredItems      items that got their real score
 * @param unknownItems     how many of the items that the request listed are not in the catalogue
 * @param unknownMembers   how many members of the group are not known
 */
public record Recommendations(
        long profileId,
        List<ScoredItem> items,
        Set<RecommendationFlag> flags,
        long catalogueVersion,
        int spaceId,
        long timeMillis,
        int profileVersion,
        float unseenBound,
        long scannedItems,
        long scoredItems,
        int unknownItems,
        int unknownMembers) {

    /** Copies list and set. */
    public Recommendations {
        items = List.copyOf(items);
        flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
    }

    /** Returns whether the flag is set. */
    public boolean has(RecommendationFlag flag) {
        return flags.contains(flag);
    }

    /**
     * An item with its score.
     *
     * @param itemId unsigned 64-bit
     * @param score  as the catalogue's order has it, boosts included; of score NaN for an item that is not known
     */
    public record ScoredItem(long itemId, float score) {
        @Override
        public String toString() {
            return Long.toUnsignedString(itemId) + "=" + score;
        }
    }
}
