package io.magpie.client;

import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A question for the best items. Immutable: each method returns a changed copy, so that a request can be kept and
 * refined. Lists left empty ask nothing; all conditions must hold together.
 */
public final class RecommendRequest {
    private static final long[] NO_IDS = {};
    private static final int[] NO_VALUES = {};
    private static final long NOBODY = io.magpie.protocol.ProtocolLimits.RESERVED_ID;

    private final int kind;
    private long profileId;
    private final int spaceId;
    private final float[] vector;
    private int limit = 10;
    private int purpose;
    private int flags;
    private long priceMinorFrom;
    private long priceMinorTo;
    private int[] weightSources = NO_VALUES;
    private double[] weights = {};
    private long[] excludedIds = NO_IDS;
    private long[] includedIds = NO_IDS;
    private int[] categories = NO_VALUES;
    private int[] tagsAll = NO_VALUES;
    private int[] tagsAny = NO_VALUES;
    private int[] tagsNone = NO_VALUES;

    private RecommendRequest(int kind, long profileId, int spaceId, float[] vector) {
        this.kind = kind;
        this.profileId = profileId;
        this.spaceId = spaceId;
        this.vector = vector;
    }

    private RecommendRequest(RecommendRequest that) {
        this(that.kind, that.profileId, that.spaceId, that.vector);
        limit = that.limit;
        purpose = that.purpose;
        flags = that.flags;
        priceMinorFrom = that.priceMinorFrom;
        priceMinorTo = that.priceMinorTo;
        weightSources = that.weightSources;
        weights = that.weights;
        excludedIds = that.excludedIds;
        includedIds = that.includedIds;
        categories = that.categories;
        tagsAll = that.tagsAll;
        tagsAny = that.tagsAny;
        tagsNone = that.tagsNone;
    }

    /** Asks for ten items for a profile. */
    public static RecommendRequest forProfile(long profileId) {
        return new RecommendRequest(RecommendRequestDecoder.KIND_PROFILE, profileId, 0, new float[0]);
    }

    /**
     * Asks for ten items for a vector.
     *
     * @param spaceId the vector's space
     * @param vector  {@code float32[dimension]}, finite; copied
     */
    public static RecommendRequest forVector(int spaceId, float... vector) {
        return new RecommendRequest(RecommendRequestDecoder.KIND_VECTOR, NOBODY, spaceId, vector.clone());
    }

    /** Asks for this many items. */
    public RecommendRequest limit(int items) {
        if (items < 1) {
            throw new IllegalArgumentException("one item or more can be asked for: limit=" + items);
        }
        RecommendRequest copy = new RecommendRequest(this);
        copy.limit = items;
        return copy;
    }

    /** Names the purpose that consent must cover; to recommend, if this is not called. */
    public RecommendRequest purpose(int number) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.purpose = number;
        return copy;
    }

    /** Keeps out what the profile has seen. */
    public RecommendRequest excludeSeen() {
        return withFlag(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN);
    }

    /** Keeps out what a profile has seen, in a question for a vector. */
    public RecommendRequest excludeSeenBy(long seenProfileId) {
        if (kind == RecommendRequestDecoder.KIND_PROFILE && seenProfileId != profileId) {
            throw new IllegalArgumentException("a profile's answer leaves out what that profile has seen: profileId="
                    + Long.toUnsignedString(profileId) + " seenBy=" + Long.toUnsignedString(seenProfileId));
        }
        RecommendRequest copy = excludeSeen();
        copy.profileId = seenProfileId;
        return copy;
    }

    /** Keeps these items out, beside those named before. */
    public RecommendRequest exclude(long... itemIds) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.excludedIds = joined(excludedIds, itemIds);
        return copy;
    }

    /** Passes only these items, beside those named before. */
    public RecommendRequest includeOnly(long... itemIds) {
        RecommendRequest copy = withFlag(RecommendRequestDecoder.FLAG_INCLUDED_ONLY);
        copy.includedIds = joined(includedIds, itemIds);
        return copy;
    }

    /** Gives a source another weight for this question; 0 leaves it out. */
    public RecommendRequest sourceWeight(int source, double weight) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.weightSources = joined(weightSources, source);
        copy.weights = Arrays.copyOf(weights, weights.length + 1);
        copy.weights[weights.length] = weight;
        return copy;
    }

    /** Passes only items of these categories, or of those named before. */
    public RecommendRequest categories(int... ids) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.categories = joined(categories, ids);
        return copy;
    }

    /** Passes only prices from {@code from} to {@code to} in minor units, both included. */
    public RecommendRequest priceMinor(long from, long to) {
        RecommendRequest copy = withFlag(RecommendRequestDecoder.FLAG_PRICE_RANGE);
        copy.priceMinorFrom = from;
        copy.priceMinorTo = to;
        return copy;
    }

    /** Passes only items that bear all these tags. */
    public RecommendRequest tagsAll(int... ids) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.tagsAll = joined(tagsAll, ids);
        return copy;
    }

    /** Passes only items that bear one of these tags, or of those named before. */
    public RecommendRequest tagsAny(int... ids) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.tagsAny = joined(tagsAny, ids);
        return copy;
    }

    /** Passes only items that bear none of these tags. */
    public RecommendRequest tagsNone(int... ids) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.tagsNone = joined(tagsNone, ids);
        return copy;
    }

    /** Passes only items in stock. */
    public RecommendRequest inStockOnly() {
        return withFlag(RecommendRequestDecoder.FLAG_IN_STOCK_ONLY);
    }

    /** Passes hidden items as well. */
    public RecommendRequest hiddenToo() {
        return withFlag(RecommendRequestDecoder.FLAG_HIDDEN_TOO);
    }

    private RecommendRequest withFlag(int flag) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.flags |= flag;
        return copy;
    }

    void write(ByteBuf out) {
        RecommendRequestEncoder encoder = new RecommendRequestEncoder()
                .wrap(out, 0, 0)
                .kind(kind)
                .flags(flags)
                .purpose(purpose)
                .limit(limit)
                .profileId(profileId)
                .spaceId(spaceId)
                .priceMinorFrom(priceMinorFrom)
                .priceMinorTo(priceMinorTo);
        if (kind == RecommendRequestDecoder.KIND_VECTOR) {
            encoder.beginVectors(1, vector.length).addVector(vector, 0, vector.length);
        }
        encoder.beginSourceWeights(weights.length);
        for (int i = 0; i < weights.length; i++) {
            encoder.addSourceWeight(weights[i], weightSources[i]);
        }
        encoder.beginExcludedIds(excludedIds.length);
        for (long id : excludedIds) {
            encoder.addExcludedId(id);
        }
        encoder.beginCategories(categories.length);
        for (int id : categories) {
            encoder.addCategory(id);
        }
        encoder.beginTagsAll(tagsAll.length);
        for (int id : tagsAll) {
            encoder.addTagAll(id);
        }
        encoder.beginTagsAny(tagsAny.length);
        for (int id : tagsAny) {
            encoder.addTagAny(id);
        }
        encoder.beginTagsNone(tagsNone.length);
        for (int id : tagsNone) {
            encoder.addTagNone(id);
        }
        encoder.beginIncludedIds(includedIds.length);
        for (long id : includedIds) {
            encoder.addIncludedId(id);
        }
        encoder.finish();
    }

    private static long[] joined(long[] first, long... second) {
        long[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static int[] joined(int[] first, int... second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Override
    public String toString() {
        String subject = kind == RecommendRequestDecoder.KIND_PROFILE
                ? "profileId=" + Long.toUnsignedString(profileId)
                : "vector=float[" + vector.length + "], spaceId=" + spaceId;
        return "RecommendRequest[" + subject + ", limit=" + limit + ", flags=" + flags + "]";
    }
}
