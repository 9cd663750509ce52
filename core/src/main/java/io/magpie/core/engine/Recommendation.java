package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.fusion.Source;
import io.magpie.core.index.ItemFilter;
import io.magpie.core.index.ItemQuery;
import io.magpie.core.profile.IdentityHasher;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.ranking.NamedItems;
import io.magpie.core.ranking.RankedItems;
import io.magpie.core.ranking.RankingRules;
import java.util.Arrays;

/**
 * One request and, after {@link Recommender#execute()}, its answer. Reused by its {@link Recommender}: read the answer
 * before {@link Recommender#clear()}. Filling it allocates nothing once its lists have grown, and each thing it can be asked
 * is one call with primitives, so that a decoder can hand over field by field. Not thread-safe.
 *
 * <p>Whom or what it asks about: one of {@link #forProfile}, {@link #forVector}, {@link #forItems}, {@link #forGroup},
 * {@link #similarTo}, {@link #popular}. Methods that return an {@link Outcome} take nothing in unless it is
 * {@link Outcome#OK}. What cannot be answered at all has another {@link #outcome()} than OK; what was answered otherwise
 * than asked has a {@linkplain #flags() flag}.
 */
public final class Recommendation {
    /** The most items that a question or its context lists. */
    public static final int MOST_ITEMS = 1_024;

    /** The most members of a group. */
    public static final int MOST_MEMBERS = 256;

    /** The most items that one request scores. */
    public static final int MOST_SCORED = 10_000;

    /** The most events that one request records. */
    public static final int MOST_EVENTS = 256;

    /** No strength and no context weight is larger, in either direction: sums stay finite. */
    public static final double LARGEST_STRENGTH = 1e6;

    /** How long ago the first page of a ranking may have been asked for: one hour. */
    public static final long MOST_PAGE_AGE_MILLIS = 3_600_000L;

    final ItemQuery query;
    final double[] weights;
    final Question question = new Question();
    final RankingRules rules = new RankingRules();
    final NamedItems named = new NamedItems();
    final RankedItems answer = new RankedItems();
    final RequestEvents events = new RequestEvents();
    ItemQuery namedQuery;
    long asOfMillis;

    Outcome outcome;
    int flags;
    Outcome shownOutcome;
    int answeredSpaceId;
    long catalogueVersion;
    long timeMillis;
    int unknownItems;
    int unknownMembers;
    int profileVersion;
    long scannedItems;
    long scoredItems;

    // The recommender's notes on the way to the answer.
    boolean isComposed;
    boolean isByPopularity;
    boolean isDropped;
    long composedVersion;
    int attempt;
    int moves;

    private final IdentityHasher hasher;
    private final Person member = new Person();
    private float[] given;
    private boolean isGivenKept;
    private Object attachment;
    private long attachmentId;

    Recommendation(int sourceCount, int dimension, IdentityHasher hasher) {
        this.hasher = hasher;
        query = new ItemQuery(dimension);
        weights = new double[sourceCount];
        clear();
    }

    void clear() {
        query.clear();
        Arrays.fill(weights, Double.NaN);
        question.clear();
        rules.clear();
        named.clear();
        answer.clear();
        events.clear();
        asOfMillis = 0;
        isGivenKept = false;
        isDropped = false;
        attachment = null;
        attachmentId = 0;
        clearAnswer();
    }

    void clearAnswer() {
        query.clearAnswer();
        answer.clear();
        outcome = Outcome.OK;
        flags = 0;
        shownOutcome = Outcome.OK;
        catalogueVersion = 0;
        unknownItems = 0;
        unknownMembers = 0;
        profileVersion = 0;
        scannedItems = 0;
        scoredItems = 0;
        isComposed = false;
        isByPopularity = false;
        attempt = 0;
        moves = 0;
    }

    /** Asks for a person. */
    public Recommendation forProfile(long profileId) {
        question.kind = Question.Kind.PROFILE;
        question.person.profile(profileId);
        return this;
    }

    /** Asks for a person by an identity; see {@link Person#identity}. */
    public Recommendation forIdentity(int source, byte[] id, int offset, int length) {
        question.kind = Question.Kind.PROFILE;
        question.person.identity(hasher, source, id, offset, length);
        return this;
    }

    /**
     * Asks for a vector, which the caller writes to {@link #vector()}.
     *
     * @param spaceId the space it lives in
     */
    public Recommendation forVector(int spaceId) {
        question.kind = Question.Kind.VECTOR;
        question.spaceId = spaceId;
        return this;
    }

    /** Asks for someone of whom only items are known, which {@link #item} lists: u = v / |v|, v = sum of strength x item. */
    public Recommendation forItems() {
        question.kind = Question.Kind.ITEMS;
        return this;
    }

    /** Asks for several persons together, whom {@link #member} lists: u = sum of their fused vectors, each made a unit. */
    public Recommendation forGroup() {
        question.kind = Question.Kind.GROUP;
        return this;
    }

    /** Asks for what is like the items that {@link #item} lists: u = sum of their unit vectors; they are left out. */
    public Recommendation similarTo() {
        question.kind = Question.Kind.SIMILAR;
        return this;
    }

    /**
     * Asks for what is popular with all: the {@value PopularityBoard#DEFAULT_LISTED} items of the highest fading event
     * counts, best first by bias and count.
     *
     * @param trending whether counts fade fast (the last day, say) and not slowly (the last month)
     */
    public Recommendation popular(boolean trending) {
        question.kind = Question.Kind.POPULAR;
        question.popularKind = trending ? PopularityBoard.TRENDING : PopularityBoard.POPULAR;
        return this;
    }

    /** Lists an item that is asked about; {@code strength} counts for {@link #forItems} alone: pass 1 otherwise. */
    public Outcome item(long itemId, double strength) {
        return question.addItem(question.items, MOST_ITEMS, itemId, strength);
    }

    /** Lists a member of the group; one who is named twice counts once. */
    public Outcome member(long profileId) {
        return question.addMember(member.profile(profileId));
    }

    /** Lists a member of the group by an identity; see {@link Person#identity}. */
    public Outcome memberIdentity(int source, byte[] id, int offset, int length) {
        return question.addMember(member.identity(hasher, source, id, offset, length));
    }

    /** Lists an item that the person looks at now, for any question but {@link #popular}. */
    public Outcome contextItem(long itemId, double strength) {
        return question.addItem(question.context, MOST_ITEMS, itemId, strength);
    }

    /** Says how much context counts against the person's own vector; {@code 0.5} unless told otherwise. */
    public Outcome contextWeight(double weight) {
        return question.contextWeight(weight);
    }

    /**
     * Asks for the score of an item, instead of the best items. The answer holds the items in the order of asking, with NaN
     * for those unknown; filter, page, boosts, pins, caps and diversity do not apply, hidden items are scored too.
     */
    public Outcome scoreItem(long itemId) {
        return question.addItem(question.scored, MOST_SCORED, itemId, 1);
    }

    /** Records an event without a name; see {@link #event(int, long, double, long, long)}. */
    public Outcome event(int source, long itemId, double strength, long timeMillis) {
        return event(source, itemId, strength, timeMillis, 0);
    }

    /**
     * Records an event of the person before answering; for {@link #forProfile} alone. See
     * {@link ProfileWriter#recordEvent(long, int, long, double, long, long)}.
     */
    public Outcome event(int source, long itemId, double strength, long timeMillis, long eventId) {
        if (events.count() == MOST_EVENTS) {
            return Outcome.OUT_OF_RANGE;
        }
        events.add(source, itemId, strength, timeMillis, eventId);
        return Outcome.OK;
    }

    /** Leaves the request out: nothing is recorded, looked up or scored for it, and its answer stays empty. */
    public void drop() {
        events.clear();
        question.recordShown = false;
        isDropped = true;
    }

    /** Returns how many events are recorded with the request. */
    public int eventCount() {
        return events.count();
    }

    /** Returns the query vector, {@code float32[dimension]}: the caller's to write, or what was made. */
    public float[] vector() {
        return query.vector();
    }

    /** Asks for this many items, 1 or more. */
    public Recommendation limit(int limit) {
        rules.limit(limit);
        return this;
    }

    /** Returns page, boosts, cap, diversity and pins, to be filled in place. */
    public RankingRules rules() {
        return rules;
    }

    /** Answers as of an earlier page's {@link #timeMillis()}, at most {@link #MOST_PAGE_AGE_MILLIS} ago; 0 for now. */
    public void asOfMillis(long timeMillis) {
        asOfMillis = timeMillis;
    }

    /** Leaves out what the person, or any member of the group, has seen. */
    public Recommendation excludeSeen(boolean exclude) {
        question.excludeSeen = exclude;
        return this;
    }

    /** Leaves out what this person has seen, whoever or whatever is asked about. */
    public Recommendation excludeSeenOf(long profileId) {
        question.excludeSeenOfOther = true;
        question.seenBy.profile(profileId);
        return this;
    }

    /**
     * Names by an identity the person whose seen and shown items count, in place of the profile that {@link #excludeSeenOf},
     * {@link #capShownOf} or {@link #recordShownTo} named; see {@link Person#identity}.
     */
    public Recommendation seenByIdentity(int source, byte[] id, int offset, int length) {
        question.seenBy.identity(hasher, source, id, offset, length);
        return this;
    }

    /** Says for how many seconds a seen item stays left out, in place of what is configured; 0 for that. */
    public Recommendation seenSeconds(long seconds) {
        question.seenSeconds = seconds;
        return this;
    }

    /**
     * Leaves out what was shown to the person, or to any member of the group, so often lately.
     *
     * @param times   how often, 1..{@value SeenDescriptor#SHOWINGS_PER_ITEM}
     * @param seconds within how many seconds, up to the time of the answer; 0 for ever
     * @return {@link Outcome#OUT_OF_RANGE} for another number of times, or of seconds below 0
     */
    public Outcome capShown(int times, long seconds) {
        if (times < 1 || times > SeenDescriptor.SHOWINGS_PER_ITEM || seconds < 0) {
            return Outcome.OUT_OF_RANGE;
        }
        question.shownTimes = times;
        question.shownSeconds = seconds;
        return Outcome.OK;
    }

    /** Counts for {@link #capShown} what was shown to this person, whoever or whatever is asked about. */
    public Recommendation capShownOf(long profileId) {
        question.capShownOfOther = true;
        question.seenBy.profile(profileId);
        return this;
    }

    /** Records the answer as shown to this person before it is given; to score items shows nothing. */
    public Recommendation recordShownTo(long profileId) {
        question.recordShown = true;
        question.seenBy.profile(profileId);
        return this;
    }

    /** Returns whether the answer is recorded as shown. */
    public boolean recordsShown() {
        return question.recordShown;
    }

    /**
     * Returns whether this asks about the person to whom another request shows its answer, or may: an identity and a
     * profile's id count as the same person.
     */
    public boolean mayConcern(Recommendation shown) {
        return question.mayName(shown.question.seenBy);
    }

    /** Returns how the recording of the answer as shown ended; {@link Outcome#OK} if it was not asked for. */
    public Outcome shownOutcome() {
        return shownOutcome;
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
        return answer.count();
    }

    /** Returns the item at {@code rank} of this page, from 0. */
    public long itemId(int rank) {
        return answer.id(rank);
    }

    /** Returns the score at {@code rank} of this page, from 0, boosts included; NaN for an unknown item to be scored. */
    public float score(int rank) {
        return answer.score(rank);
    }

    /** Returns a score, before boosts, that nothing unseen exceeds, if {@link AnswerFlag#DEADLINE} is set. */
    public float unseenBound() {
        return query.unseenBound();
    }

    /** Returns whether it asks for one person, by id or identity. */
    public boolean isForPerson() {
        return question.kind == Question.Kind.PROFILE;
    }

    /**
     * Returns the profile that was asked for; if it was merged into another one, that one; {@link Person#NOBODY} for an
     * identity that leads nowhere; 0 for anything else.
     */
    public long profileId() {
        return question.person.profileId();
    }

    /** Returns the version of the profile that was asked for; 0 if it is unknown, or for anything else. */
    public int profileVersion() {
        return profileVersion;
    }

    /** Returns how many listed items are not in the catalogue. */
    public int unknownItems() {
        return unknownItems;
    }

    /** Returns how many members of the group are not known. */
    public int unknownMembers() {
        return unknownMembers;
    }

    /** Returns how the event added at {@code index} ended; defined whatever {@link #outcome()} is. */
    public Outcome eventOutcome(int index) {
        return events.outcome(index);
    }

    /** Returns the space of the catalogue that answered. */
    public int spaceId() {
        return answeredSpaceId;
    }

    /** Returns the version of the catalogue that answered. */
    public long catalogueVersion() {
        return catalogueVersion;
    }

    /** Returns the time of the answer, in milliseconds since 1970: one for the whole batch, or the page's own. */
    public long timeMillis() {
        return timeMillis;
    }

    /** Returns how many items were looked at in any form, over all searches. */
    public long scannedItems() {
        return scannedItems;
    }

    /** Returns how many items got their real score, over all searches. */
    public long scoredItems() {
        return scoredItems;
    }

    /** Puts the given vector back in place, which context may have moved since. */
    Outcome givenVector(float[] into, int liveSpaceId) {
        if (question.spaceId != liveSpaceId) {
            return Outcome.WRONG_SPACE;
        }
        if (question.context.count() > 0) {
            if (given == null) {
                given = new float[into.length];
            }
            System.arraycopy(isGivenKept ? given : into, 0, isGivenKept ? into : given, 0, into.length);
            isGivenKept = true;
        }
        return SlotUpdate.isFinite(into) ? Outcome.OK : Outcome.NOT_FINITE;
    }
}
