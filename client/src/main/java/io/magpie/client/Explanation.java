package io.magpie.client;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Why an item suits a profile. The shares and the bias add up to the score but for the rounding of float32; boosts, context
 * and pins have no part in it. Immutable.
 *
 * @param profileId        as asked
 * @param itemId           as asked
 * @param score            the item's score for the profile
 * @param bias             the item's bias
 * @param shares           what each configured source adds, in their order
 * @param seenItems        seen items most alike the item, best first, each with its inner product with the item
 * @param goneItems        how many seen items could not be compared because they have left the catalogue
 * @param flags            what is special about this answer
 * @param catalogueVersion the catalogue at the time of the answer
 * @param spaceId          the catalogue's space
 * @param timeMillis       for when it holds, milliseconds since 1970
 * @param profileVersion   version of the profile
 */
public record Explanation(
        long profileId,
        long itemId,
        float score,
        float bias,
        List<Share> shares,
        List<Recommendations.ScoredItem> seenItems,
        int goneItems,
        Set<RecommendationFlag> flags,
        long catalogueVersion,
        int spaceId,
        long timeMillis,
        int profileVersion) {

    /** Copies lists and set. */
    public Explanation {
        shares = List.copyOf(shares);
        seenItems = List.copyOf(seenItems);
        flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
    }

    /** Returns whether the flag is set. */
    public boolean has(RecommendationFlag flag) {
        return flags.contains(flag);
    }

    /**
     * What a source adds to the score.
     *
     * @param source number of the source
     * @param amount 0 if it was left out
     * @param use    whether it was used, or why not
     */
    public record Share(int source, double amount, SourceUse use) {}
}
