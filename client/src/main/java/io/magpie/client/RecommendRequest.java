package io.magpie.client;

import static io.magpie.client.Joined.joined;

import io.magpie.protocol.Feature;
import io.magpie.protocol.MessageType;
import io.magpie.protocol.RecommendRequestDecoder;
import io.magpie.protocol.RecommendRequestEncoder;
import io.magpie.protocol.WhyRequestEncoder;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A question for the best items: for a profile, a vector, items, a group, what is like items, or what is popular.
 * Immutable: each method returns a changed copy, so that a request can be kept and refined. Lists left empty ask nothing;
 * all conditions must hold together.
 */
public final class RecommendRequest {
    private static final long[] NO_IDS = {};
    private static final int[] NO_VALUES = {};
    private static final Person[] NO_MEMBERS = {};

    private final int kind;
    private Person person;
    private final int spaceId;
    private final float[] vector;
    private int limit = 10;
    private int purpose;
    private int flags;
    private long priceMinorFrom;
    private long priceMinorTo;
    private WeightedIds sourceWeights = WeightedIds.NONE;
    private long[] excludedIds = NO_IDS;
    private long[] includedIds = NO_IDS;
    private int[] categories = NO_VALUES;
    private int[] tagsAll = NO_VALUES;
    private int[] tagsAny = NO_VALUES;
    private int[] tagsNone = NO_VALUES;
    private WeightedIds items = WeightedIds.NONE;
    private Person[] members = NO_MEMBERS;
    private WeightedIds context = WeightedIds.NONE;
    private double contextWeight;
    private int offset;
    private long asOfMillis;
    private int capPerCategory;
    private double relevance;
    private int diversityPool;
    private TimedIds boosts = TimedIds.NONE;
    private TimedIds pins = TimedIds.NONE;
    private int seenSeconds;
    private int shownTimes;
    private int shownSeconds;

    private RecommendRequest(int kind, Person person, int spaceId, float[] vector) {
        this.kind = kind;
        this.person = person;
        this.spaceId = spaceId;
        this.vector = vector;
    }

    private RecommendRequest(RecommendRequest that) {
        this(that.kind, that.person, that.spaceId, that.vector);
        limit = that.limit;
        purpose = that.purpose;
        flags = that.flags;
        priceMinorFrom = that.priceMinorFrom;
        priceMinorTo = that.priceMinorTo;
        sourceWeights = that.sourceWeights;
        excludedIds = that.excludedIds;
        includedIds = that.includedIds;
        categories = that.categories;
        tagsAll = that.tagsAll;
        tagsAny = that.tagsAny;
        tagsNone = that.tagsNone;
        items = that.items;
        members = that.members;
        context = that.context;
        contextWeight = that.contextWeight;
        offset = that.offset;
        asOfMillis = that.asOfMillis;
        capPerCategory = that.capPerCategory;
        relevance = that.relevance;
        diversityPool = that.diversityPool;
        boosts = that.boosts;
        pins = that.pins;
        seenSeconds = that.seenSeconds;
        shownTimes = that.shownTimes;
        shownSeconds = that.shownSeconds;
    }

    /** Asks for ten items for a profile. */
    public static RecommendRequest forProfile(long profileId) {
        return forPerson(Person.profile(profileId));
    }

    /** Asks for ten items for a person, whom a profile or an identity names. */
    public static RecommendRequest forPerson(Person person) {
        return new RecommendRequest(RecommendRequestDecoder.KIND_PROFILE, person, 0, new float[0]);
    }

    /**
     * Asks for ten items for a vector.
     *
     * @param spaceId the vector's space
     * @param vector  {@code float32[dimension]}, finite; copied
     */
    public static RecommendRequest forVector(int spaceId, float... vector) {
        return new RecommendRequest(RecommendRequestDecoder.KIND_VECTOR, Person.NOBODY, spaceId, vector.clone());
    }

    /** Asks for ten items for someone of whom only these items are known, each with strength 1; see {@link #item}. */
    public static RecommendRequest forItems(long... itemIds) {
        RecommendRequest request = about(RecommendRequestDecoder.KIND_ITEMS);
        request.items = WeightedIds.NONE.plus(1, itemIds);
        return request;
    }

    /** Asks for ten items for several profiles together; one that is named twice counts once. */
    public static RecommendRequest forGroup(long... profileIds) {
        return forPeople(Arrays.stream(profileIds).mapToObj(Person::profile).toArray(Person[]::new));
    }

    /** Asks for ten items for several people together; one that is named twice counts once. */
    public static RecommendRequest forPeople(Person... people) {
        RecommendRequest request = about(RecommendRequestDecoder.KIND_GROUP);
        request.members = people.clone();
        return request;
    }

    /** Asks for the ten items that are most like these, which are left out. */
    public static RecommendRequest similarTo(long... itemIds) {
        RecommendRequest request = about(RecommendRequestDecoder.KIND_SIMILAR);
        request.items = WeightedIds.NONE.plus(1, itemIds);
        return request;
    }

    /** Asks for the ten items that were most popular with all over some weeks. */
    public static RecommendRequest popular() {
        return about(RecommendRequestDecoder.KIND_POPULAR);
    }

    /** Asks for the ten items that are most popular with all now. */
    public static RecommendRequest trending() {
        return about(RecommendRequestDecoder.KIND_TRENDING);
    }

    private static RecommendRequest about(int kind) {
        return new RecommendRequest(kind, Person.NOBODY, 0, new float[0]);
    }

    /** Lists an item that is known of whom is asked for, with its strength; for {@link #forItems} alone. */
    public RecommendRequest item(long itemId, double strength) {
        if (kind != RecommendRequestDecoder.KIND_ITEMS) {
            throw new IllegalArgumentException("only a request made by forItems lists items with strengths: itemId="
                    + Long.toUnsignedString(itemId));
        }
        RecommendRequest copy = new RecommendRequest(this);
        copy.items = items.plus(strength, itemId);
        return copy;
    }

    /** Names items that are looked at now, each with strength 1, beside those named before. */
    public RecommendRequest context(long... itemIds) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.context = context.plus(1, itemIds);
        return copy;
    }

    /** Names an item that is looked at now, with its strength. */
    public RecommendRequest contextItem(long itemId, double strength) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.context = context.plus(strength, itemId);
        return copy;
    }

    /** Says how much the context counts against the own vector; 0.5 if this is not called. */
    public RecommendRequest contextWeight(double weight) {
        RecommendRequest copy = withFlag(RecommendRequestDecoder.FLAG_CONTEXT_WEIGHT);
        copy.contextWeight = weight;
        return copy;
    }

    /** Leaves out the first items of the ranking, which earlier pages held. */
    public RecommendRequest offset(int firstItems) {
        if (firstItems < 0) {
            throw new IllegalArgumentException("pages start at 0: offset=" + firstItems);
        }
        RecommendRequest copy = new RecommendRequest(this);
        copy.offset = firstItems;
        return copy;
    }

    /** Asks as of the time of an earlier answer, so that pages fit together; an hour ago at most, 0 for now. */
    public RecommendRequest asOf(long timeMillis) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.asOfMillis = timeMillis;
        return copy;
    }

    /** Asks for what comes after a page that this request was answered with. */
    public RecommendRequest after(Recommendations page) {
        return offset(offset + page.items().size()).asOf(page.timeMillis());
    }

    /** Allows at most this many items of a category in the whole ranking, pages together. */
    public RecommendRequest capPerCategory(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a cap allows one item or more: capPerCategory=" + most);
        }
        RecommendRequest copy = new RecommendRequest(this);
        copy.capPerCategory = most;
        return copy;
    }

    /** Orders the best for diversity; see {@link #diversity(double, int)}; the pool is ten pages. */
    public RecommendRequest diversity(double scoreShare) {
        return diversity(scoreShare, 0);
    }

    /**
     * Orders the best for diversity.
     *
     * @param scoreShare what the score counts, 0..1; the rest is what likeness to the items before it costs
     * @param pool       how many of the best are ordered; 0 for ten pages
     */
    public RecommendRequest diversity(double scoreShare, int pool) {
        RecommendRequest copy = withFlag(RecommendRequestDecoder.FLAG_DIVERSITY);
        copy.relevance = scoreShare;
        copy.diversityPool = pool;
        return copy;
    }

    /** Adds to an item's score; a negative amount pushes it down. Amounts of one item add up. */
    public RecommendRequest boost(long itemId, double amount) {
        return boost(itemId, amount, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Adds to an item's score, if the answer's time lies from {@code fromMillis} on and before {@code untilMillis}. */
    public RecommendRequest boost(long itemId, double amount, long fromMillis, long untilMillis) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.boosts = boosts.plus(itemId, amount, fromMillis, untilMillis);
        return copy;
    }

    /** Puts an item at a place of the ranking, counted from 0 over all pages, if it passes the filter. */
    public RecommendRequest pin(long itemId, int position) {
        return pin(itemId, position, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** Pins an item, if the answer's time lies from {@code fromMillis} on and before {@code untilMillis}. */
    public RecommendRequest pin(long itemId, int position, long fromMillis, long untilMillis) {
        RecommendRequest copy = new RecommendRequest(this);
        copy.pins = pins.plus(itemId, position, fromMillis, untilMillis);
        return copy;
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

    /** Keeps out what the profile, or any member of the group, has seen. */
    public RecommendRequest excludeSeen() {
        return withFlag(RecommendRequestDecoder.FLAG_EXCLUDE_SEEN);
    }

    /** Keeps out what a profile has seen, in a question that is not for another profile. */
    public RecommendRequest excludeSeenBy(long seenProfileId) {
        return excludeSeenBy(Person.profile(seenProfileId));
    }

    /** Keeps out what a person has seen, in a question that is not for another one. */
    public RecommendRequest excludeSeenBy(Person seen) {
        if (kind == RecommendRequestDecoder.KIND_PROFILE && !seen.equals(person)) {
            throw new IllegalArgumentException(
                    "a person's answer leaves out what that person has seen: for=" + person + " seenBy=" + seen);
        }
        RecommendRequest copy = excludeSeen();
        copy.person = seen;
        return copy;
    }

    /**
     * Keeps out, as {@link #excludeSeen}, what was seen within this many seconds: what was seen before counts as unseen.
     * Beside {@link #excludeSeenBy} it says the time alone.
     */
    public RecommendRequest seenWithin(int seconds) {
        RecommendRequest copy = excludeSeen();
        copy.seenSeconds = seconds;
        return copy;
    }

    /**
     * Keeps out what was shown so often to the profile, or to any member of the group.
     *
     * @param times   how often, 1..8
     * @param seconds within how many seconds before the answer; 0 for ever
     */
    public RecommendRequest capShown(int times, int seconds) {
        if (times < 1 || times > 8) {
            throw new IllegalArgumentException("a cap counts 1 to 8 showings: times=" + times);
        }
        RecommendRequest copy = new RecommendRequest(this);
        copy.shownTimes = times;
        copy.shownSeconds = seconds;
        return copy;
    }

    /**
     * Records the answer as shown before it is given, to the profile that is asked for or that {@link #excludeSeenBy} names: the
     * request is then a change, and not retried.
     */
    public RecommendRequest recordShown() {
        return withFlag(RecommendRequestDecoder.FLAG_RECORD_SHOWN);
    }

    /** Returns whether the answer is recorded as shown. */
    boolean recordsShown() {
        return (flags & RecommendRequestDecoder.FLAG_RECORD_SHOWN) != 0;
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
        copy.sourceWeights = sourceWeights.plus(weight, source);
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

    /** Returns the verb that asks this. */
    int messageType() {
        return switch (kind) {
            case RecommendRequestDecoder.KIND_SIMILAR -> MessageType.SIMILAR;
            case RecommendRequestDecoder.KIND_POPULAR, RecommendRequestDecoder.KIND_TRENDING -> MessageType.POPULAR;
            default -> MessageType.RECOMMEND;
        };
    }

    /** Returns the features without which a server would misread this, asked as {@link #messageType()} says. */
    long features() {
        long always = seenSeconds != 0 || shownTimes != 0 || recordsShown() ? Feature.EXPOSURE : 0;
        always |= Identities.features(people(), Function.identity());
        if (messageType() != MessageType.RECOMMEND) {
            return Feature.ANSWERS | always;
        }
        return isPlain() ? always : Feature.QUESTIONS | always;
    }

    /** Returns who stands in the places of the request: the one of the block, then the members. */
    private List<Person> people() {
        List<Person> people = new ArrayList<>(1 + members.length);
        people.add(person);
        people.addAll(Arrays.asList(members));
        return people;
    }

    /** Returns whether the first part of the block and the first groups say it all. */
    private boolean isPlain() {
        return kind <= RecommendRequestDecoder.KIND_VECTOR
                && (flags & (RecommendRequestDecoder.FLAG_DIVERSITY | RecommendRequestDecoder.FLAG_CONTEXT_WEIGHT)) == 0
                && context.count() + boosts.count() + pins.count() == 0
                && capPerCategory == 0
                && offset == 0
                && asOfMillis == 0;
    }

    /** Returns whom this asks for. */
    Person requirePerson() {
        if (kind != RecommendRequestDecoder.KIND_PROFILE) {
            throw new IllegalArgumentException("this is asked in a request for a profile: request=" + this);
        }
        return person;
    }

    void write(ByteBuf out) {
        write(out, messageType(), NO_IDS, List.of());
    }

    void write(ByteBuf out, int messageType, long[] scoredIds, List<Event> events) {
        RecommendRequestEncoder encoder = new RecommendRequestEncoder();
        if (messageType == MessageType.RECOMMEND && isPlain()) {
            encoder.wrap(out, 0, 0);
        } else {
            encoder.wrap(out, messageType, 0, 0)
                    .relevance(relevance)
                    .contextWeight(contextWeight)
                    .asOfMillis(asOfMillis)
                    .capPerCategory(capPerCategory)
                    .diversityPool(diversityPool);
        }
        encoder.kind(kind)
                .flags(flags)
                .purpose(purpose)
                .limit(limit)
                .profileId(person.profileId())
                .spaceId(spaceId)
                .offset(offset)
                .priceMinorFrom(priceMinorFrom)
                .priceMinorTo(priceMinorTo);
        if (kind == RecommendRequestDecoder.KIND_VECTOR) {
            encoder.beginVectors(1, vector.length).addVector(vector, 0, vector.length);
        }
        writeFilter(encoder);
        writeQuestion(encoder);
        writeTimed(encoder);
        encoder.beginScoredIds(scoredIds.length);
        for (long id : scoredIds) {
            encoder.addScoredId(id);
        }
        encoder.beginEvents(events.size());
        for (Event event : events) {
            encoder.addEvent(event.itemId(), event.timeMillis(), event.eventId(), event.strength(), event.source());
        }
        if (seenSeconds != 0 || shownTimes != 0) {
            encoder.beginExposures(1).addExposure(seenSeconds, shownSeconds, shownTimes);
        }
        Identities.write(encoder, people(), Function.identity());
        encoder.finish();
    }

    void writeWhy(ByteBuf out, long itemId, int seenItems) {
        WhyRequestEncoder encoder = new WhyRequestEncoder()
                .wrap(out, 0, 0)
                .profileId(person.profileId())
                .itemId(itemId)
                .asOfMillis(asOfMillis)
                .seenLimit(seenItems)
                .purpose(purpose)
                .beginSourceWeights(sourceWeights.count());
        for (int i = 0; i < sourceWeights.count(); i++) {
            encoder.addSourceWeight(sourceWeights.value(i), (int) sourceWeights.id(i));
        }
        Identities.write(encoder, person);
        encoder.finish();
    }

    private void writeFilter(RecommendRequestEncoder encoder) {
        encoder.beginSourceWeights(sourceWeights.count());
        for (int i = 0; i < sourceWeights.count(); i++) {
            encoder.addSourceWeight(sourceWeights.value(i), (int) sourceWeights.id(i));
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
    }

    private void writeQuestion(RecommendRequestEncoder encoder) {
        encoder.beginItems(items.count());
        for (int i = 0; i < items.count(); i++) {
            encoder.addItem(items.id(i), items.value(i));
        }
        encoder.beginMembers(members.length);
        for (Person member : members) {
            encoder.addMember(member.profileId());
        }
        encoder.beginContextItems(context.count());
        for (int i = 0; i < context.count(); i++) {
            encoder.addContextItem(context.id(i), context.value(i));
        }
    }

    private void writeTimed(RecommendRequestEncoder encoder) {
        encoder.beginBoosts(boosts.count());
        for (int i = 0; i < boosts.count(); i++) {
            encoder.addBoost(boosts.id(i), boosts.value(i), boosts.fromMillis(i), boosts.untilMillis(i));
        }
        encoder.beginPins(pins.count());
        for (int i = 0; i < pins.count(); i++) {
            encoder.addPin(pins.id(i), pins.fromMillis(i), pins.untilMillis(i), (int) pins.value(i));
        }
    }

    @Override
    public String toString() {
        String subject = switch (kind) {
            case RecommendRequestDecoder.KIND_PROFILE -> "for=" + person;
            case RecommendRequestDecoder.KIND_VECTOR -> "vector=float[" + vector.length + "], spaceId=" + spaceId;
            case RecommendRequestDecoder.KIND_ITEMS -> "items=" + items.count();
            case RecommendRequestDecoder.KIND_GROUP -> "members=" + members.length;
            case RecommendRequestDecoder.KIND_SIMILAR -> "similarTo=" + items.count();
            case RecommendRequestDecoder.KIND_POPULAR -> "popular";
            default -> "trending";
        };
        return "RecommendRequest[" + subject + ", limit=" + limit + ", flags=" + flags + "]";
    }
}
