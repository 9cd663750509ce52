package io.magpie.core.profile;

import java.util.Arrays;

/**
 * One person's profile, decoded: header, consent, window of event ids, and slots. Mutable and meant to be reused: reading
 * into it allocates nothing. Not thread-safe; owned by the thread that made it.
 *
 * <p>Slots in use are numbered from 0 without gaps; removing one moves the last into its place.
 */
public final class ProfileRecord {
    final int sourceCapacity;
    final int slotCapacity;
    final int dimension;

    long profileId;
    int version;
    int flags;
    long redirectProfileId;
    int slotCount;
    int eventPosition;
    final long[] consent;
    final long[] events;
    final int[] seenCounts;
    final int[] slotSources;
    final int[] slotFlags;
    final int[] slotSpaces;
    final double[] slotEvidences;
    final long[] slotTimes;
    final double[] slotNorms;
    final float[] vectors;
    final ProfileLinks links = new ProfileLinks();

    /**
     * @param sourceCapacity how many sources consent has room for, 1..256
     * @param slotCapacity   how many slots it has room for, 1..1024
     * @param dimension      length of every vector, 1..1024
     * @throws IllegalArgumentException if one is out of its range
     */
    public ProfileRecord(int sourceCapacity, int slotCapacity, int dimension) {
        if (sourceCapacity < 1
                || sourceCapacity > 256
                || slotCapacity < 1
                || slotCapacity > 1024
                || dimension < 1
                || dimension > 1024) {
            throw new IllegalArgumentException("out of range: sourceCapacity=" + sourceCapacity + " slotCapacity="
                    + slotCapacity + " dimension=" + dimension);
        }
        this.sourceCapacity = sourceCapacity;
        this.slotCapacity = slotCapacity;
        this.dimension = dimension;
        consent = new long[sourceCapacity * ProfileDescriptor.PURPOSES];
        events = new long[ProfileDescriptor.EVENT_WINDOW];
        seenCounts = new int[sourceCapacity];
        slotSources = new int[slotCapacity];
        slotFlags = new int[slotCapacity];
        slotSpaces = new int[slotCapacity];
        slotEvidences = new double[slotCapacity];
        slotTimes = new long[slotCapacity];
        slotNorms = new double[slotCapacity];
        vectors = new float[slotCapacity * dimension];
    }

    /** Makes it an empty profile of this id: version 0, no consent, no slots. */
    public void clear(long profileId) {
        this.profileId = profileId;
        version = 0;
        flags = 0;
        redirectProfileId = 0;
        slotCount = 0;
        eventPosition = 0;
        Arrays.fill(consent, 0);
        Arrays.fill(events, 0);
        Arrays.fill(seenCounts, 0);
        links.clear();
    }

    /** Returns the unsigned 64-bit id. */
    public long profileId() {
        return profileId;
    }

    /** Returns the version: unsigned 32 bits, one more with each change; 0 for a profile that was never stored. */
    public int version() {
        return version;
    }

    /** Sets the version. */
    public void version(int version) {
        this.version = version;
    }

    /** Returns how many sources consent has room for. */
    public int sourceCapacity() {
        return sourceCapacity;
    }

    /** Returns how many slots there is room for. */
    public int slotCapacity() {
        return slotCapacity;
    }

    /** Returns the length of every vector. */
    public int dimension() {
        return dimension;
    }

    /** Returns how many slots are in use. */
    public int slotCount() {
        return slotCount;
    }

    /** Returns the slot of this source and space, or -1. */
    public int findSlot(int source, int spaceId) {
        for (int i = 0; i < slotCount; i++) {
            if (slotSources[i] == source && slotSpaces[i] == spaceId) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Takes a slot into use: zero vector, norm 0, evidence 0, time 0. The caller makes sure that there is none of this
     * source and space.
     *
     * @param source  number of the source, 0..sourceCapacity-1
     * @param spaceId unsigned 32-bit space
     * @return its number, or -1 if all are in use
     * @throws IllegalArgumentException if the source is out of range
     */
    public int addSlot(int source, int spaceId) {
        if (source < 0 || source >= sourceCapacity) {
            throw new IllegalArgumentException(
                    "no such source: source=" + source + " sourceCapacity=" + sourceCapacity);
        }
        if (slotCount == slotCapacity) {
            return -1;
        }
        int slot = slotCount++;
        slotSources[slot] = source;
        slotFlags[slot] = 0;
        slotSpaces[slot] = spaceId;
        slotEvidences[slot] = 0;
        slotTimes[slot] = 0;
        slotNorms[slot] = 0;
        Arrays.fill(vectors, slot * dimension, (slot + 1) * dimension, 0f);
        return slot;
    }

    /** Takes a slot into use and copies another record's slot into it, all of it; returns -1 if all are in use. */
    public int addSlot(ProfileRecord other, int otherSlot) {
        return addSlot(other, otherSlot, other.slotSources[otherSlot]);
    }

    private int addSlot(ProfileRecord other, int otherSlot, int source) {
        int slot = addSlot(source, other.slotSpaces[otherSlot]);
        if (slot >= 0) {
            copySlot(other, otherSlot, slot);
        }
        return slot;
    }

    /** All but whose slot it is. */
    private void copySlot(ProfileRecord other, int otherSlot, int slot) {
        slotFlags[slot] = other.slotFlags[otherSlot];
        slotEvidences[slot] = other.slotEvidences[otherSlot];
        slotTimes[slot] = other.slotTimes[otherSlot];
        slotNorms[slot] = other.slotNorms[otherSlot];
        System.arraycopy(other.vectors, otherSlot * dimension, vectors, slot * dimension, dimension);
    }

    /** Gives a slot back; the last one takes its number. */
    public void removeSlot(int slot) {
        int last = slotCount - 1;
        if (slot < 0 || slot > last) {
            throw new IndexOutOfBoundsException("no such slot: slot=" + slot + " slotCount=" + slotCount);
        }
        if (slot != last) {
            slotSources[slot] = slotSources[last];
            slotSpaces[slot] = slotSpaces[last];
            copySlot(this, last, slot);
        }
        Arrays.fill(vectors, last * dimension, (last + 1) * dimension, 0f);
        slotCount = last;
    }

    /** Returns the number of the slot's source. */
    public int slotSource(int slot) {
        return slotSources[slot];
    }

    /** Returns the slot's space, unsigned 32 bits. */
    public int slotSpace(int slot) {
        return slotSpaces[slot];
    }

    /** Returns whether the slot's vector was put; false for one that events built from nothing. */
    public boolean isSlotPut(int slot) {
        return (slotFlags[slot] & ProfileDescriptor.SLOT_FLAG_PUT) != 0;
    }

    /** Says that the slot's vector was put. Events that move it later do not take it back. */
    public void markSlotPut(int slot) {
        slotFlags[slot] |= ProfileDescriptor.SLOT_FLAG_PUT;
    }

    /** Returns how much stands behind the slot, as of its time. */
    public double slotEvidence(int slot) {
        return slotEvidences[slot];
    }

    /** Sets how much stands behind the slot, as of its time. */
    public void slotEvidence(int slot, double evidence) {
        slotEvidences[slot] = evidence;
    }

    /** Returns the time of the slot's last event, milliseconds since 1970. */
    public long slotTimeMillis(int slot) {
        return slotTimes[slot];
    }

    /** Sets the time of the slot's last event, milliseconds since 1970. */
    public void slotTimeMillis(int slot, long timeMillis) {
        slotTimes[slot] = timeMillis;
    }

    /** Returns the norm of the slot's vector, in double over its float32 components. */
    public double slotNorm(int slot) {
        return slotNorms[slot];
    }

    /** Sets the norm; who changes the vector keeps it true. */
    public void slotNorm(int slot, double norm) {
        slotNorms[slot] = norm;
    }

    /** Returns {@code float32[slotCapacity * dimension]}; slot i starts at {@code i * dimension}. Not a copy. */
    public float[] vectors() {
        return vectors;
    }

    /** Returns {@link ProfileDescriptor#CONSENT_UNSET}, {@code GRANTED} or {@code DENIED}. */
    public int consentState(int source, int purpose) {
        return (int) consent[consentIndex(source, purpose)] & 3;
    }

    /** Returns when consent was given or denied, milliseconds since 1970; 0 when unset. */
    public long consentTimeMillis(int source, int purpose) {
        return consent[consentIndex(source, purpose)] >>> 2;
    }

    /**
     * Sets consent.
     *
     * @param source     number of the source
     * @param purpose    0..7
     * @param state      {@link ProfileDescriptor#CONSENT_UNSET}, {@code GRANTED} or {@code DENIED}
     * @param timeMillis milliseconds since 1970, 0..2^62-1
     * @throws IllegalArgumentException if the state or the time is out of range
     */
    public void consent(int source, int purpose, int state, long timeMillis) {
        if (state < 0 || state > ProfileDescriptor.CONSENT_DENIED || timeMillis >>> 62 != 0) {
            throw new IllegalArgumentException("out of range: state=" + state + " timeMillis=" + timeMillis);
        }
        consent[consentIndex(source, purpose)] = timeMillis << 2 | state;
    }

    /** Returns how many of the person's seen items this source told of, each counted for who told of it last. */
    public int seenCount(int source) {
        return seenCounts[source];
    }

    /** Takes over from the person's seen set how many items each source told of; shown items do not count. */
    public void countSeen(SeenSet seen) {
        Arrays.fill(seenCounts, 0);
        for (int i = 0; i < seen.count(); i++) {
            int source = seen.source(i);
            if (seen.kind(i) == SeenDescriptor.KIND_SEEN && source < sourceCapacity) {
                seenCounts[source]++;
            }
        }
    }

    private int consentIndex(int source, int purpose) {
        if (source < 0 || source >= sourceCapacity || purpose < 0 || purpose >= ProfileDescriptor.PURPOSES) {
            throw new IndexOutOfBoundsException("no such source or purpose: source=" + source + " sourceCapacity="
                    + sourceCapacity + " purpose=" + purpose);
        }
        return source * ProfileDescriptor.PURPOSES + purpose;
    }

    /** Returns how many hashes the window of event ids holds. */
    public int eventCount() {
        int held = 0;
        for (long known : events) {
            held += known != 0 ? 1 : 0;
        }
        return held;
    }

    /** Returns whether the window of event ids holds this hash. A hash of 0 is never held. */
    public boolean hasEvent(long hash) {
        if (hash == 0) {
            return false;
        }
        for (long known : events) {
            if (known == hash) {
                return true;
            }
        }
        return false;
    }

    /** Puts a hash of an event id into the window, in the place of the oldest. A hash of 0 is not kept. */
    public void addEvent(long hash) {
        if (hash != 0) {
            events[eventPosition] = hash;
            eventPosition = (eventPosition + 1) % events.length;
        }
    }

    /**
     * Takes over the window of another profile beside its own: the newest of both, in turn, as many as there is room for.
     * A hash that both hold stays once.
     */
    public void mergeEvents(ProfileRecord other) {
        long[] merged = new long[events.length];
        int place = merged.length;
        for (int age = 0; age < events.length; age++) {
            place = keepEvent(this, age, merged, place);
            place = keepEvent(other, age, merged, place);
        }
        // The oldest lies first, and gives way first.
        System.arraycopy(merged, place, events, 0, merged.length - place);
        Arrays.fill(events, merged.length - place, events.length, 0);
        eventPosition = (merged.length - place) % events.length;
    }

    private static int keepEvent(ProfileRecord from, int age, long[] merged, int place) {
        int length = merged.length;
        long hash = from.events[(from.eventPosition - 1 - age + 2 * length) % length];
        if (hash == 0 || place == 0) {
            return place;
        }
        for (int i = place; i < length; i++) {
            if (merged[i] == hash) {
                return place;
            }
        }
        merged[place - 1] = hash;
        return place - 1;
    }

    /** Returns what leads to the profile. */
    public ProfileLinks links() {
        return links;
    }

    /** Returns whether the profile was merged into another one and only leads there. */
    public boolean isRedirect() {
        return (flags & ProfileDescriptor.FLAG_REDIRECT) != 0;
    }

    /** Returns the id of the profile that this one was merged into; only if {@link #isRedirect()}. */
    public long redirectProfileId() {
        return redirectProfileId;
    }

    /** Makes it lead to another profile. */
    public void redirectTo(long profileId) {
        flags |= ProfileDescriptor.FLAG_REDIRECT;
        redirectProfileId = profileId;
    }

    /**
     * Takes over what a record of another shape holds, for a data directory that is migrated. Counts of seen items are left
     * to {@link #countSeen}.
     *
     * @param newNumbers   for each source of the other record its number here, or -1 if it is left out
     * @param keepsVectors whether slots are taken; the dimensions are then the same
     * @param keepsEvents  whether the window of event ids is taken
     * @return how many slots were left out
     */
    public int takeFrom(ProfileRecord other, int[] newNumbers, boolean keepsVectors, boolean keepsEvents) {
        clear(other.profileId);
        version = other.version;
        flags = other.flags;
        redirectProfileId = other.redirectProfileId;
        if (keepsEvents) {
            System.arraycopy(other.events, 0, events, 0, events.length);
            eventPosition = other.eventPosition;
        }
        for (int source = 0; source < newNumbers.length; source++) {
            for (int purpose = 0; newNumbers[source] >= 0 && purpose < ProfileDescriptor.PURPOSES; purpose++) {
                consent[consentIndex(newNumbers[source], purpose)] = other.consent[other.consentIndex(source, purpose)];
            }
        }
        links.takeFrom(other.links, newNumbers);
        int dropped = 0;
        for (int i = 0; i < other.slotCount; i++) {
            int source = other.slotSources[i] < newNumbers.length ? newNumbers[other.slotSources[i]] : -1;
            boolean isKept = keepsVectors && source >= 0 && addSlot(other, i, source) >= 0;
            dropped += isKept ? 0 : 1;
        }
        return dropped;
    }

    /** Takes over all that another record of the same shape holds. */
    public void copyFrom(ProfileRecord other) {
        if (other.sourceCapacity != sourceCapacity
                || other.slotCapacity != slotCapacity
                || other.dimension != dimension) {
            throw new IllegalArgumentException("records of another shape");
        }
        profileId = other.profileId;
        version = other.version;
        flags = other.flags;
        redirectProfileId = other.redirectProfileId;
        slotCount = other.slotCount;
        eventPosition = other.eventPosition;
        links.copyFrom(other.links);
        System.arraycopy(other.consent, 0, consent, 0, consent.length);
        System.arraycopy(other.events, 0, events, 0, events.length);
        System.arraycopy(other.seenCounts, 0, seenCounts, 0, sourceCapacity);
        System.arraycopy(other.slotSources, 0, slotSources, 0, slotCount);
        System.arraycopy(other.slotFlags, 0, slotFlags, 0, slotCount);
        System.arraycopy(other.slotSpaces, 0, slotSpaces, 0, slotCount);
        System.arraycopy(other.slotEvidences, 0, slotEvidences, 0, slotCount);
        System.arraycopy(other.slotTimes, 0, slotTimes, 0, slotCount);
        System.arraycopy(other.slotNorms, 0, slotNorms, 0, slotCount);
        System.arraycopy(other.vectors, 0, vectors, 0, slotCount * dimension);
    }
}
