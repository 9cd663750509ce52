package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.ConsentPolicy;
import io.magpie.core.fusion.Fusion;
import io.magpie.core.fusion.Source;
import io.magpie.core.index.ItemIndex;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.ranking.RankedItems;
import io.magpie.core.store.StateReader;
import io.magpie.core.store.StateStore;
import io.magpie.core.vector.Kernels;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * Why an item suits a person: what each source adds to the score, and which of the items that the person has seen are most
 * like it. Not thread-safe: made by {@link Engine#newExplanation()} for one thread, and reused by it; allocates nothing once
 * it has grown.
 *
 * <p>With u the fused vector and x the item, a source's share is {@code weight x confidence x <slot, x> / |slot|}, in double.
 * The shares and the bias add up to the score but for rounding: u is rounded to float32 once a component and the score once,
 * so that they differ by at most {@code 2^-23 x (|score| + sum of |u_i x_i|)}.
 */
public final class Explanation {
    private final Engine engine;
    private final Clock clock;
    private final StateReader reader;
    private final Kernels kernels = Kernels.best();
    private final Fusion fusion;
    private final List<Source> sources;
    private final ConsentPolicy policy;
    private final Person person = new Person();
    private final ProfileRecord profile;
    private final SeenSet seen;
    private final ItemRecord item;
    private final double[] weights;
    private final double[] shares;
    private final SourceUse[] uses;
    private final float[] fused;
    private final float[] vector;
    private final double[] wide;
    private final RankedItems alike = new RankedItems();

    private Catalogue catalogue;
    private ItemIndex.Searcher searcher;
    private long asOfMillis;
    private long timeMillis;
    private int flags;
    private float score;
    private int mostAlike;
    private int goneItems;

    Explanation(Engine engine, StateStore store, EngineConfiguration configuration, Clock clock) {
        this.engine = engine;
        this.clock = clock;
        reader = store.newReader();
        sources = configuration.sources();
        policy = configuration.consentPolicy();
        profile = store.newProfileRecord();
        seen = store.newSeenSet();
        item = store.newItemRecord();
        int dimension = profile.dimension();
        fusion = new Fusion(sources, policy, dimension);
        weights = new double[sources.size()];
        shares = new double[sources.size()];
        uses = new SourceUse[sources.size()];
        fused = new float[dimension];
        vector = new float[dimension];
        wide = new double[dimension];
        clear();
    }

    /** Takes back weights and time. */
    public void clear() {
        Arrays.fill(weights, Double.NaN);
        asOfMillis = 0;
    }

    /** Replaces a source's weight, as in the request to be explained; see {@link Recommendation#sourceWeight}. */
    public Outcome sourceWeight(int source, double weight) {
        if (source < 0 || source >= weights.length) {
            return Outcome.UNKNOWN_SOURCE;
        }
        if (!Source.isWeight(weight)) {
            return Outcome.OUT_OF_RANGE;
        }
        weights[source] = weight;
        return Outcome.OK;
    }

    /** Explains as of the time of an answer, at most {@link Recommendation#MOST_PAGE_AGE_MILLIS} ago; 0 for now. */
    public void asOfMillis(long answerMillis) {
        asOfMillis = answerMillis;
    }

    /**
     * Finds out.
     *
     * @param most how many seen items are asked for, from 0
     * @return {@link Outcome#OK}, {@link Outcome#UNKNOWN_PROFILE}, {@link Outcome#UNKNOWN_ITEM},
     *     {@link Outcome#OUT_OF_RANGE}, {@link Outcome#TIME_IN_FUTURE} or {@link Outcome#TIME_OUT_OF_RANGE}; what is below
     *     is defined for OK alone
     */
    public Outcome explain(long profileId, long itemId, int most) {
        return explain(person.profile(profileId), itemId, most);
    }

    /** Finds out; see {@link #explain(long, long, int)}. */
    public Outcome explain(Person who, long itemId, int most) {
        long nowMillis = clock.millis();
        timeMillis = asOfMillis == 0 ? nowMillis : asOfMillis;
        if (timeMillis > nowMillis) {
            return Outcome.TIME_IN_FUTURE;
        }
        if (timeMillis < nowMillis - Recommendation.MOST_PAGE_AGE_MILLIS) {
            return Outcome.TIME_OUT_OF_RANGE;
        }
        if (most < 0) {
            return Outcome.OUT_OF_RANGE;
        }
        if (!who.read(reader, profile)) {
            return Outcome.UNKNOWN_PROFILE;
        }
        Catalogue live = engine.catalogue();
        if (catalogue != live) {
            catalogue = live;
            searcher = live.index().newSearcher();
        }
        if (!reader.readItem(live.edition(), itemId, item)) {
            return Outcome.UNKNOWN_ITEM;
        }
        weighSources();
        mostAlike = most;
        compareSeen();
        return Outcome.OK;
    }

    private void weighSources() {
        int met =
                fusion.fuse(profile, weights, ConsentPolicy.PURPOSE_RECOMMEND, catalogue.spaceId(), timeMillis, fused);
        flags = ((met & Fusion.USED) == 0 ? AnswerFlag.FALLBACK : 0)
                | ((met & Fusion.CONSENT_REMOVED) != 0 ? AnswerFlag.CONSENT_REMOVED_SOURCE : 0)
                | ((met & Fusion.OTHER_SPACE) != 0 ? AnswerFlag.SLOT_OF_OTHER_SPACE : 0);
        Kernels.widen(fused, wide, fused.length);
        score = Kernels.score(kernels.dot(wide, item.vector(), 0, fused.length), item.bias());
        Kernels.widen(item.vector(), wide, fused.length);
        for (int source = 0; source < shares.length; source++) {
            shares[source] = 0;
            uses[source] = useOf(source);
        }
        for (int i = 0; i < fusion.usableCount(); i++) {
            int slot = fusion.usableSlot(i);
            int source = profile.slotSource(slot);
            double factor = fusion.usableFactor(i);
            shares[source] = factor * kernels.dot(wide, profile.vectors(), profile.vectorOffset(slot), fused.length);
            uses[source] = factor == 0 ? SourceUse.NO_CONFIDENCE : SourceUse.USED;
        }
    }

    /** Returns why a source has no share, for those that fusion could not use. */
    private SourceUse useOf(int source) {
        int slot = profile.findSlot(source, catalogue.spaceId());
        if (slot < 0) {
            boolean held = false;
            for (int i = 0; i < profile.slotCount(); i++) {
                held |= profile.slotSource(i) == source;
            }
            return held ? SourceUse.OTHER_SPACE : SourceUse.NOTHING_HELD;
        }
        if (profile.slotNorm(slot) == 0) {
            return SourceUse.ZERO_VECTOR;
        }
        return isAllowed(source) ? SourceUse.NO_WEIGHT : SourceUse.NO_CONSENT;
    }

    private boolean isAllowed(int source) {
        return policy.allows(profile, source, ConsentPolicy.PURPOSE_RECOMMEND);
    }

    private void compareSeen() {
        alike.clear();
        goneItems = 0;
        if (!reader.readSeen(profile.profileId(), seen)) {
            return;
        }
        flags |= seen.truncated() ? AnswerFlag.SEEN_TRUNCATED : 0;
        for (int i = 0; i < seen.count(); i++) {
            int source = seen.source(i);
            boolean isUsable = seen.kind(i) == SeenDescriptor.KIND_SEEN
                    && source < weights.length
                    && isAllowed(source)
                    && weight(source) != 0;
            if (isUsable && searcher.vector(seen.itemId(i), vector)) {
                alike.add(seen.itemId(i), Kernels.score(kernels.dot(wide, vector, 0, vector.length), 0));
            } else if (isUsable) {
                goneItems++;
            }
        }
        alike.sort();
    }

    private double weight(int source) {
        return Double.isNaN(weights[source]) ? sources.get(source).weight() : weights[source];
    }

    /** Returns the item's score for the person: what a recommend answer shows, boosts and context apart. */
    public float score() {
        return score;
    }

    /** Returns the item's bias. */
    public float bias() {
        return item.bias();
    }

    /** Returns what a source adds to the score; 0 if it was left out. */
    public double share(int source) {
        return shares[source];
    }

    /** Returns whether a source was used, or why not. */
    public SourceUse use(int source) {
        return uses[source];
    }

    /** Returns how many seen items there are to name: at most as many as were asked for. */
    public int seenItemCount() {
        return Math.min(mostAlike, alike.count());
    }

    /** Returns the seen item at {@code rank}, by its inner product with the item. Sources left out have no say here. */
    public long seenItemId(int rank) {
        return alike.id(rank);
    }

    /** Returns the inner product of that seen item with the item, computed and rounded as a score without bias. */
    public float seenItemProduct(int rank) {
        return alike.score(rank);
    }

    /** Returns how many seen items could not be compared because they have left the catalogue. */
    public int goneItems() {
        return goneItems;
    }

    /** Returns the {@link AnswerFlag}s, or'ed. */
    public int flags() {
        return flags;
    }

    /** Returns the version of the profile that was read. */
    public int profileVersion() {
        return profile.version();
    }

    /** Returns the time that it holds for, in milliseconds since 1970. */
    public long timeMillis() {
        return timeMillis;
    }
}
