package io.magpie.core.engine;

import io.magpie.core.Outcome;
import java.util.Arrays;

/**
 * Whom or what a request asks about: the part of a {@link Recommendation} that becomes the query vector. Reusable: filled
 * again after {@link #clear()} it allocates nothing once its lists have grown. Not thread-safe.
 */
final class Question {
    /** What stands behind the query vector. */
    enum Kind {
        PROFILE,
        VECTOR,
        ITEMS,
        GROUP,
        SIMILAR,
        POPULAR
    }

    static final double DEFAULT_CONTEXT_WEIGHT = 0.5;
    private static final long RESERVED_ID = -1L;

    final WeightedItems items = new WeightedItems();
    final WeightedItems context = new WeightedItems();
    final WeightedItems scored = new WeightedItems();
    private Person[] members = new Person[0];
    private int memberCount;

    final Person person = new Person();
    final Person seenBy = new Person();
    Kind kind;
    int spaceId;
    int popularKind;
    double contextWeight;
    boolean excludeSeen;
    boolean excludeSeenOfOther;
    boolean capShownOfOther;
    long seenSeconds;
    int shownTimes;
    long shownSeconds;
    boolean recordShown;

    Question() {
        clear();
    }

    void clear() {
        items.clear();
        context.clear();
        scored.clear();
        memberCount = 0;
        kind = Kind.PROFILE;
        person.profile(0);
        spaceId = 0;
        popularKind = PopularityBoard.POPULAR;
        contextWeight = DEFAULT_CONTEXT_WEIGHT;
        excludeSeen = false;
        excludeSeenOfOther = false;
        capShownOfOther = false;
        seenBy.profile(Person.NOBODY);
        seenSeconds = 0;
        shownTimes = 0;
        shownSeconds = 0;
        recordShown = false;
    }

    Outcome addItem(WeightedItems list, int most, long itemId, double strength) {
        if (itemId == RESERVED_ID) {
            return Outcome.RESERVED_ID;
        }
        if (!Double.isFinite(strength)) {
            return Outcome.NOT_FINITE;
        }
        if (Math.abs(strength) > Recommendation.LARGEST_STRENGTH || list.count() == most) {
            return Outcome.OUT_OF_RANGE;
        }
        list.add(itemId, strength);
        return Outcome.OK;
    }

    Outcome contextWeight(double weight) {
        if (!Double.isFinite(weight)) {
            return Outcome.NOT_FINITE;
        }
        if (Math.abs(weight) > Recommendation.LARGEST_STRENGTH) {
            return Outcome.OUT_OF_RANGE;
        }
        contextWeight = weight;
        return Outcome.OK;
    }

    /** Adds a member of the group; one that is in counts once. */
    Outcome addMember(Person member) {
        if (!member.isIdentity() && member.profileId() == RESERVED_ID) {
            return Outcome.RESERVED_ID;
        }
        for (int i = 0; i < memberCount; i++) {
            if (members[i].isSame(member)) {
                return Outcome.OK;
            }
        }
        if (memberCount == Recommendation.MOST_MEMBERS) {
            return Outcome.OUT_OF_RANGE;
        }
        if (memberCount == members.length) {
            members = Arrays.copyOf(members, Math.max(8, 2 * memberCount));
        }
        if (members[memberCount] == null) {
            members[memberCount] = new Person();
        }
        members[memberCount++].set(member);
        return Outcome.OK;
    }

    /** Returns whether this names somebody, or may in another way. */
    boolean mayName(Person who) {
        if (kind == Kind.PROFILE && mayBeSame(person, who) || mayBeSame(seenBy, who)) {
            return true;
        }
        for (int i = 0; i < memberCount; i++) {
            if (mayBeSame(members[i], who)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayBeSame(Person named, Person who) {
        boolean isSomebody = named.isIdentity() || named.profileId() != Person.NOBODY;
        return isSomebody && (named.isIdentity() != who.isIdentity() || named.isSame(who));
    }

    int memberCount() {
        return memberCount;
    }

    Person member(int index) {
        return members[index];
    }

    /** Returns whether the query vector is made of item vectors, which may change under a search. */
    boolean usesItems() {
        return items.count() + context.count() > 0;
    }

    boolean isScoring() {
        return scored.count() > 0;
    }
}
