package io.magpie.core.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What two people have seen and were shown, as one person's. A seen item that both have gets the later time with its source
 * (of equal times the first's) and both counts. Of an item's showings the latest
 * {@value SeenDescriptor#SHOWINGS_PER_ITEM} stay, and the last of them gets the counts of those that go. Of more than fit the
 * latest stay, of equal times those of lower item; shown ones give way first while they are more than a quarter. Allocates:
 * it is for the rare merge.
 */
public final class SeenMerge {
    private static final long TIME_MASK = 0xFFFF_FFFFL;
    private static final long COUNT_ONE = 1L << SeenDescriptor.META_COUNT_SHIFT;
    /** Latest first, of equal times the lower item, then the words as they are: one order, whichever set comes first. */
    private static final Comparator<long[]> LATEST_FIRST = Comparator.<long[]>comparingLong(
                    entry -> -(entry[1] & TIME_MASK))
            .thenComparing((a, b) -> Long.compareUnsigned(a[0], b[0]))
            .thenComparing((a, b) -> Long.compareUnsigned(a[1], b[1]));

    private SeenMerge() {}

    /** Takes over all that another set holds. Both are of the same limit. */
    public static void merge(SeenSet into, SeenSet other) {
        List<long[]> seen = new ArrayList<>();
        List<long[]> shown = new ArrayList<>();
        Map<Long, long[]> seenItems = new HashMap<>();
        for (SeenSet set : new SeenSet[] {into, other}) {
            for (int i = 0; i < set.count; i++) {
                long[] entry = {set.words[i * 2], set.words[i * 2 + 1]};
                if (set.kind(i) == SeenDescriptor.KIND_SHOWN) {
                    shown.add(entry);
                    continue;
                }
                long[] before = set.kind(i) == SeenDescriptor.KIND_SEEN ? seenItems.putIfAbsent(entry[0], entry) : null;
                if (before == null) {
                    seen.add(entry);
                } else {
                    boolean isLater = (entry[1] & TIME_MASK) > (before[1] & TIME_MASK);
                    before[1] = counted(isLater ? entry[1] : before[1], times(before[1]) + times(entry[1]));
                }
            }
        }
        seen.sort(LATEST_FIRST);
        shown = latestShowings(shown);
        int shownKept = Math.min(shown.size(), Math.max(into.limit / 4, into.limit - seen.size()));
        int seenKept = Math.min(seen.size(), into.limit - shownKept);
        boolean truncated = into.truncated || other.truncated || seenKept < seen.size();
        boolean shownTruncated = into.shownTruncated || other.shownTruncated || shownKept < shown.size();
        List<long[]> kept = new ArrayList<>(seen.subList(0, seenKept));
        kept.addAll(shown.subList(0, shownKept));
        into.replaceAll(kept, truncated, shownTruncated);
    }

    private static List<long[]> latestShowings(List<long[]> shown) {
        shown.sort(LATEST_FIRST);
        List<long[]> kept = new ArrayList<>();
        Map<Long, int[]> countOf = new HashMap<>();
        Map<Long, long[]> newestOf = new HashMap<>();
        for (long[] entry : shown) {
            long[] newest = newestOf.computeIfAbsent(entry[0], item -> entry);
            if (++countOf.computeIfAbsent(entry[0], item -> new int[1])[0] <= SeenDescriptor.SHOWINGS_PER_ITEM) {
                kept.add(entry);
            } else {
                newest[1] = counted(newest[1], times(newest[1]) + times(entry[1]));
            }
        }
        return kept;
    }

    private static long times(long meta) {
        return meta >>> SeenDescriptor.META_COUNT_SHIFT;
    }

    private static long counted(long meta, long times) {
        return meta & COUNT_ONE - 1 | Math.min(0xFFFF, times) << SeenDescriptor.META_COUNT_SHIFT;
    }
}
