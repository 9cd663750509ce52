package io.magpie.core.ranking;

import io.magpie.core.index.ItemQuery;
import org.agrona.collections.Int2IntCounterMap;

/**
 * Makes a page of an answer from what the index found. Not thread-safe: one per thread. Allocates nothing once its scratch
 * has grown to the deepest request.
 *
 * <p>In order: (1) items by score, boosts added, best first, pinned ones taken out; (2) walking down, an item whose
 * category is full is skipped; pinned items have been counted before; (3) the pool's items are ordered for diversity, those
 * below the pool keep their order; (4) each pin is put at its position, or behind the pin that is there; (5) the page is
 * cut out. All but (3) is exact: as if every item of the catalogue had been scored and sorted.
 */
public final class Ranking {
    /** The page is ready. */
    public static final int DONE = 0;

    /** The search must go deeper: caps or names used up what it found. */
    public static final int DEEPER = 1;

    /** An item of the answer was changed since: search anew. */
    public static final int MOVED = 2;

    private final Diversity diversity;
    private final Int2IntCounterMap perCategory = new Int2IntCounterMap(0);
    private final RankedItems boosted = new RankedItems();
    private final RankedItems taken = new RankedItems();
    private final float[] pinScores = new float[RankingRules.MOST_PINS];
    private final boolean[] pinPasses = new boolean[RankingRules.MOST_PINS];
    private boolean pinDropped;

    private ItemQuery found;
    private NamedItems named;
    private int nextFound;
    private int nextBoosted;
    private boolean foundIsAll;
    private float foundBelow;

    /**
     * @param dimension the length of every vector
     */
    public Ranking(int dimension) {
        diversity = new Diversity(dimension);
    }

    /**
     * Returns how deep the index must search, so that the page can be made of it.
     *
     * @param attempt    0 for the first search, one more each time it was not deep enough
     * @param passing    an estimate of how many items there are at most; a search never needs more than all
     */
    public static int depth(RankingRules rules, NamedItems named, int attempt, int passing) {
        long depth = (long) rules.depth() + named.count();
        if (rules.capPerCategory() > 0) {
            // Twice the page is enough for most; from there each search is four times as deep, so that all searches
            // together cost a third more than the last.
            depth = 2 * depth << Math.min(2 * attempt, 40);
        } else {
            depth <<= Math.min(2 * attempt, 40);
        }
        return (int) Math.min(depth, passing + 1L);
    }

    /**
     * Makes the page.
     *
     * @param found    the index's answer for the request's vector and filter, or null if it was not asked
     * @param foundBelow if it was not asked: a score that no item it would have found exceeds; minus infinity to rank
     *     named items alone
     * @param namedFound the index's answer for the named items, from the same search; null if there are none
     * @param version  the catalogue version that both saw
     * @param page     filled, if the result is {@link #DONE}
     * @return {@link #DONE}, {@link #DEEPER} or {@link #MOVED}
     */
    public int rank(
            RankingRules rules,
            NamedItems named,
            ItemQuery found,
            float foundBelow,
            ItemQuery namedFound,
            ItemLookup lookup,
            long version,
            RankedItems page) {
        this.found = found;
        this.foundBelow = foundBelow;
        this.named = named;
        nextFound = 0;
        nextBoosted = 0;
        foundIsAll =
                found == null ? foundBelow == Float.NEGATIVE_INFINITY : found.count() < found.limit() || found.cutOff();
        splitNamed(namedFound);
        int cap = rules.capPerCategory();
        if (cap > 0 && !countPins(lookup, version)) {
            return MOVED;
        }
        int walked = walk(rules.depth(), cap, lookup, version);
        if (walked != DONE) {
            return walked;
        }
        if (rules.isDiverse()
                && !diversity.order(
                        taken, rules.pool(), rules.offset() + rules.limit(), rules.lambda(), lookup, version)) {
            return MOVED;
        }
        cutPage(rules, page);
        return DONE;
    }

    /** Returns whether the last page lacks a pin, because its item is unknown or does not pass. */
    public boolean isPinDropped() {
        return pinDropped;
    }

    private void splitNamed(ItemQuery namedFound) {
        boosted.clear();
        int pins = named.pinCount();
        for (int i = 0; i < pins; i++) {
            pinPasses[i] = false;
        }
        int count = namedFound == null ? 0 : namedFound.count();
        for (int i = 0; i < count; i++) {
            long id = namedFound.id(i);
            float score = named.boosted(id, namedFound.score(i));
            int pin = named.pinOf(id);
            if (pin < 0) {
                boosted.add(id, score);
            } else {
                pinScores[pin] = score;
                pinPasses[pin] = true;
            }
        }
        boosted.sort();
        pinDropped = false;
        for (int i = 0; i < pins; i++) {
            pinDropped |= !pinPasses[i];
        }
    }

    private boolean countPins(ItemLookup lookup, long version) {
        perCategory.clear();
        for (int i = 0; i < named.pinCount(); i++) {
            if (pinPasses[i]) {
                if (!lookup.read(named.pinId(i), version)) {
                    return false;
                }
                perCategory.incrementAndGet(lookup.category());
            }
        }
        return true;
    }

    private int walk(int depth, int cap, ItemLookup lookup, long version) {
        taken.clear();
        while (taken.count() < depth) {
            while (nextFound < foundCount() && named.isNamed(found.id(nextFound))) {
                nextFound++;
            }
            boolean hasFound = nextFound < foundCount();
            boolean hasBoosted = nextBoosted < boosted.count();
            boolean isAbove = found == null && hasBoosted && boosted.score(nextBoosted) > foundBelow;
            if (!hasFound && !foundIsAll && !isAbove) {
                return DEEPER;
            }
            if (!hasFound && !hasBoosted) {
                return DONE;
            }
            boolean isFound = hasFound && (!hasBoosted || isFoundBefore());
            long id = isFound ? found.id(nextFound) : boosted.id(nextBoosted);
            float score = isFound ? found.score(nextFound++) : boosted.score(nextBoosted++);
            if (cap > 0) {
                if (!lookup.read(id, version)) {
                    return MOVED;
                }
                if (perCategory.get(lookup.category()) >= cap) {
                    continue;
                }
                perCategory.incrementAndGet(lookup.category());
            }
            taken.add(id, score);
        }
        return DONE;
    }

    private int foundCount() {
        return found == null ? 0 : found.count();
    }

    private boolean isFoundBefore() {
        return RankedItems.isBefore(
                found.score(nextFound), found.id(nextFound), boosted.score(nextBoosted), boosted.id(nextBoosted));
    }

    private void cutPage(RankingRules rules, RankedItems page) {
        page.clear();
        int end = rules.offset() + rules.limit();
        int natural = 0;
        int pin = nextPin(0);
        for (int rank = 0; rank < end; rank++) {
            boolean isPinDue = pin < named.pinCount() && named.pinPosition(pin) <= rank;
            if (!isPinDue && natural == taken.count()) {
                if (pin == named.pinCount()) {
                    return;
                }
                isPinDue = true;
            }
            long id = isPinDue ? named.pinId(pin) : taken.id(natural);
            float score = isPinDue ? pinScores[pin] : taken.score(natural);
            if (isPinDue) {
                pin = nextPin(pin + 1);
            } else {
                natural++;
            }
            if (rank >= rules.offset()) {
                page.add(id, score);
            }
        }
    }

    private int nextPin(int from) {
        int pin = from;
        while (pin < named.pinCount() && !pinPasses[pin]) {
            pin++;
        }
        return pin;
    }
}
