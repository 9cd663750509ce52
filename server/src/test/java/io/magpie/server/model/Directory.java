package io.magpie.server.model;

import io.magpie.client.Person;
import io.magpie.protocol.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Who is held, by profile and by identity, and how two become one person. */
final class Directory {
    /** An identity of a source that is not configured. */
    static final Person STRANGER = Person.identity(9, "stranger");

    private static final long FIRST_ALLOTTED = 1L << 63;
    private static final long AFTER_ALLOTTED = FIRST_ALLOTTED + (1L << 62);
    private static final int MOST_LINKS = 32;

    private final Map<Long, Held> profiles = new HashMap<>();
    private final Map<Person, Long> identities = new HashMap<>();
    /** From a profile that was merged to the one that has stayed: never over two steps. */
    private final Map<Long, Long> merged = new HashMap<>();

    private int given;

    /** Returns an id that the server gives out: for a number below {@link #given} one that it gave. */
    static Person allotted(int number) {
        return Person.profile(FIRST_ALLOTTED + number);
    }

    int given() {
        return given;
    }

    static boolean isReserved(Person who) {
        return !who.isIdentity() && who.profileId() == -1;
    }

    /** Returns the id of the profile that is reached, be it there or not; null for an identity that leads nowhere. */
    Long id(Person who) {
        Long id = who.isIdentity() ? identities.get(who) : Long.valueOf(who.profileId());
        return id == null ? null : merged.getOrDefault(id, id);
    }

    /** Returns what is held of somebody, null if nothing is. */
    Held find(Person who) {
        Long id = id(who);
        return id == null ? null : profiles.get(id);
    }

    /** Returns a copy of what is held, or a new one. */
    Held open(Person who) {
        Held held = find(who);
        return held == null ? new Held() : held.copy();
    }

    /** Returns whether a change would have to make a profile of an id that only the server gives out. */
    boolean isUnknownAllotted(Person who) {
        boolean isAllotted = !who.isIdentity()
                && Long.compareUnsigned(who.profileId(), FIRST_ALLOTTED) >= 0
                && Long.compareUnsigned(who.profileId(), AFTER_ALLOTTED) < 0;
        return isAllotted && find(who) == null;
    }

    /** Puts what is held of somebody after a change. */
    Status commit(Person who, Held held) {
        held.version++;
        if (id(who) == null) {
            lead(who, held, FIRST_ALLOTTED + given++);
        }
        profiles.put(id(who), held);
        return Status.OK;
    }

    private void lead(Person identity, Held to, long id) {
        to.identities.add(identity);
        identities.put(identity, id);
    }

    /** @param merge makes one of what both hold, the first of the lower id */
    Status link(Person one, Person other, BinaryOperator<Held> merge) {
        for (Person each : new Person[] {one, other}) {
            if (isReserved(each) || each.equals(STRANGER)) {
                return each.isIdentity() ? Status.UNKNOWN_SOURCE : Status.RESERVED_ID;
            }
        }
        if (isUnknownAllotted(one) || isUnknownAllotted(other)) {
            return Status.UNKNOWN_PROFILE;
        }
        if (id(one) == null && id(other) == null) {
            Held fresh = new Held();
            commit(one, fresh);
            if (!one.equals(other)) {
                lead(other, fresh, id(one));
            }
            return Status.OK;
        }
        if (id(one) == null || id(other) == null) {
            Person known = id(one) == null ? other : one;
            Held held = open(known);
            if (held.identities.size() == MOST_LINKS) {
                return Status.TOO_MANY_IDENTITIES;
            }
            commit(known, held);
            lead(known.equals(one) ? other : one, held, id(known));
            return Status.OK;
        }
        if (id(one).equals(id(other))) {
            return find(one) == null ? commit(one, new Held()) : Status.OK;
        }
        return Long.compareUnsigned(id(one), id(other)) < 0 ? merge(one, other, merge) : merge(other, one, merge);
    }

    private Status merge(Person lower, Person higher, BinaryOperator<Held> merge) {
        long stays = id(lower);
        long goes = id(higher);
        Held into = open(lower);
        Held from = open(higher);
        if (into.identities.size() + from.identities.size() > MOST_LINKS
                || into.merged.size() + from.merged.size() + 1 > MOST_LINKS) {
            return Status.TOO_MANY_IDENTITIES;
        }
        Held both = merge.apply(into, from);
        both.version = Math.max(into.version, from.version) + 1;
        from.identities.forEach(each -> lead(each, both, stays));
        both.merged.addAll(from.merged);
        both.merged.add(goes);
        both.merged.forEach(each -> merged.put(each, stays));
        profiles.remove(goes);
        profiles.put(stays, both);
        return Status.OK;
    }

    Status unlink(Person who) {
        if (!who.isIdentity()) {
            return Status.OUT_OF_RANGE;
        }
        if (who.equals(STRANGER)) {
            return Status.UNKNOWN_SOURCE;
        }
        Held before = find(who);
        if (before == null) {
            return Status.UNKNOWN_PROFILE;
        }
        before.identities.remove(who);
        before.version++;
        identities.remove(who);
        return commit(who, new Held());
    }

    /** Forgets somebody with all that leads to the profile; returns what was held, null if nothing was. */
    Held erase(Person who) {
        Held held = find(who);
        if (held != null) {
            Long id = id(who);
            profiles.remove(id);
            identities.values().removeIf(id::equals);
            merged.values().removeIf(id::equals);
        }
        return held;
    }
}
