package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.Source;
import io.magpie.core.index.ItemFilter;
import io.magpie.core.index.ItemQuery;
import java.util.Arrays;

/**
 * One recommend request and, after {@link Recommender#execute()}, its answer. Reused by its {@link Recommender}: read
 * the answer before {@link Recommender#clear()}. Not thread-safe.
 */
public final class Recommendation {
    final ItemQuery query;
    final double[] weights;
    boolean byVector;
    long profileId;
    int spaceId;
    boolean excludeSeen;

    Outcome outcome;
    int flags;
    int answeredSpaceId;
    long catalogueVersion;
    long timeMillis;

    private Object attachment;
    private long attachmentId;

    Recommendation(int sourceCount, int dimension) {
        query = new ItemQuery(dimension);
        weights = new double[sourceCount];
        clear();
    }

    void clear() {
        query.clear();
        Arrays.fill(weights, Double.NaN);
        byVector = false;
        profileId = 0;
        spaceId = 0;
        excludeSeen = false;
        outcome = Outcome.OK;
        flags = 0;
        attachment = null;
        attachmentId = 0;
    }

    /** Asks for a person. */
    public Recommendation forProfile(long profileId) {
        this.profileId = profileId;
        byVector = false;
        return this;
    }

    /**
     * Asks for a vector, which the caller writes to {@link #vector()}.
     *
     * @param spaceId the space it lives in
     */
    public Recommendation forVector(int spaceId) {
        this.spaceId = spaceId;
        byVector = true;
        return this;
    }

    /** Returns the query vector, {@code float32[dimension]}: the caller's to write, or what was fused. */
    public float[] vector() {
        return query.vector();
    }

    /** Asks for this many items, 1 or more. */
    public Recommendation limit(int limit) {
        query.limit(limit);
        return this;
    }

    /** Leaves out what the person has seen. */
    public Recommendation excludeSeen(boolean exclude) {
        excludeSeen = exclude;
        return this;
    }

    /**
     * Replaces a source's weight in this request.
     *
     * @return {@link Outcome#UNKNOWN_SOURCE}, or {@link Outcome#OUT_OF_RANGE} for no {@link Source#isWeight}
     */
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

    /** Returns the filter, to be filled in place. */
    public ItemFilter filter() {
        return query.filter();
    }

    /** Sets the {@link System#nanoTime()} at which the search gives up. */
    public void deadlineNanos(long deadlineNanos) {
        query.deadlineNanos(deadlineNanos);
    }

    /** Keeps what the caller needs to deliver the answer. */
    public void attach(Object attachment, long id) {
        this.attachment = attachment;
        this.attachmentId = id;
    }

    /** Returns what was attached. */
    public Object attachment() {
        return attachment;
    }

    /** Returns the number that was attached. */
    public long attachmentId() {
        return attachmentId;
    }

    /** Returns how it ended; everything below is defined only for {@link Outcome#OK}. */
    public Outcome outcome() {
        return outcome;
    }

    /** Returns the {@link AnswerFlag}s, or'ed. */
    public int flags() {
        return flags;
    }

    /** Returns how many items the answer holds, best first. */
    public int count() {
        return query.count();
    }

    /** Returns the item at {@code rank}, from 0. */
    public long itemId(int rank) {
        return query.id(rank);
    }

    /** Returns the score at {@code rank}, from 0. */
    public float score(int rank) {
        return query.score(rank);
    }

    /** Returns a score that nothing unseen exceeds, if {@link AnswerFlag#DEADLINE} is set. */
    public float unseenBound() {
        return query.unseenBound();
    }

    /** Returns the profile that was asked for; 0 for a vector. */
    public long profileId() {
        return profileId;
    }

    /** Returns the space of the catalogue that answered. */
    public int spaceId() {
        return answeredSpaceId;
    }

    /** Returns the version of the catalogue that answered. */
    public long catalogueVersion() {
        return catalogueVersion;
    }

    /** Returns the time of the answer, in milliseconds since 1970: one for the whole batch. */
    public long timeMillis() {
        return timeMillis;
    }

    /** Returns how many items were looked at in any form. */
    public long scannedItems() {
        return query.scannedItems();
    }

    /** Returns how many items got their real score. */
    public long scoredItems() {
        return query.scoredItems();
    }
}
