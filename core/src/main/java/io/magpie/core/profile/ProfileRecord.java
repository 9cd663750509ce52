package io.magpie.core.profile;

import static io.magpie.core.profile.ProfileDescriptor.EVENT_POSITION_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.EVENT_WINDOW;
import static io.magpie.core.profile.ProfileDescriptor.FLAGS_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.HEADER_LENGTH;
import static io.magpie.core.profile.ProfileDescriptor.PROFILE_ID_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.PURPOSES;
import static io.magpie.core.profile.ProfileDescriptor.REDIRECT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_COUNT_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_EVIDENCE_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_FLAGS_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_NORM_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_SOURCE_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_SPACE_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_TIME_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.SLOT_VECTOR_OFFSET;
import static io.magpie.core.profile.ProfileDescriptor.VERSION_OFFSET;

import java.util.Arrays;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * One person's profile: header, consent, window of event ids, and slots. It keeps the image as {@link ProfileDescriptor} lays
 * it out, all but what leads to the profile: reading one is one copy, and a request looks only at the fields that it needs.
 * Mutable and meant to be reused: reading into it allocates nothing. Not thread-safe; owned by the thread that made it.
 *
 * <p>Slots in use are numbered from 0 without gaps; removing one moves the last into its place.
 */
public final class ProfileRecord {
    final int sourceCapacity;
    final int slotCapacity;
    final int dimension;

    /** An array of floats, so that kernels read the vectors where they lie. */
    final float[] image;

    private final int eventsOffset;
    private final int seenCountsOffset;
    private final int slotsOffset;
    private final int slotLength;
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
        eventsOffset = ProfileDescriptor.eventsOffset(sourceCapacity);
        seenCountsOffset = ProfileDescriptor.seenCountsOffset(sourceCapacity);
        slotsOffset = ProfileDescriptor.slotsOffset(sourceCapacity);
        slotLength = ProfileDescriptor.slotLength(dimension);
        image = new float[ProfileDescriptor.imageLength(sourceCapacity, slotCapacity, dimension) / Float.BYTES];
    }

    /** Makes it an empty profile of this id: version 0, no consent, no slots. */
    public void clear(long profileId) {
        Arrays.fill(image, 0, slotsOffset / Float.BYTES, 0f);
        putLong(PROFILE_ID_OFFSET, profileId);
        links.clear();
    }

    /** Returns the unsigned 64-bit id. */
    public long profileId() {
        return getLong(PROFILE_ID_OFFSET);
    }

    /** Returns the version: unsigned 32 bits, one more with each change; 0 for a profile that was never stored. */
    public int version() {
        return getInt(VERSION_OFFSET);
    }

    /** Sets the version. */
    public void version(int version) {
        putInt(VERSION_OFFSET, version);
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
        return UnsafeApi.getShort(image, ImageMemory.FLOATS + SLOT_COUNT_OFFSET) & 0xFFFF;
    }

    private void slotCount(int count) {
        UnsafeApi.putShort(image, ImageMemory.FLOATS + SLOT_COUNT_OFFSET, (short) count);
    }

    /** Returns the slot of this source and space, or -1. */
    public int findSlot(int source, int spaceId) {
        int count = slotCount();
        for (int i = 0; i < count; i++) {
            if (slotSource(i) == source && slotSpace(i) == spaceId) {
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
        int slot = slotCount();
        if (slot == slotCapacity) {
            return -1;
        }
        slotCount(slot + 1);
        clearSlot(slot);
        // Four bytes at once: flags and what is behind them are zero.
        putInt(slotOffset(slot) + SLOT_SOURCE_OFFSET, source);
        putInt(slotOffset(slot) + SLOT_SPACE_OFFSET, spaceId);
        return slot;
    }

    private void clearSlot(int slot) {
        int from = slotOffset(slot) / Float.BYTES;
        Arrays.fill(image, from, from + slotLength / Float.BYTES, 0f);
    }

    /** Takes a slot into use and copies another record's slot into it, all of it; returns -1 if all are in use. */
    public int addSlot(ProfileRecord other, int otherSlot) {
        return addSlot(other, otherSlot, other.slotSource(otherSlot));
    }

    private int addSlot(ProfileRecord other, int otherSlot, int source) {
        int slot = addSlot(source, other.slotSpace(otherSlot));
        if (slot >= 0) {
            copySlot(other, otherSlot, slot);
        }
        return slot;
    }

    /** All but whose slot it is. */
    private void copySlot(ProfileRecord other, int otherSlot, int slot) {
        UnsafeApi.putByte(
                image,
                slotAt(slot) + SLOT_FLAGS_OFFSET,
                UnsafeApi.getByte(other.image, other.slotAt(otherSlot) + SLOT_FLAGS_OFFSET));
        int from = SLOT_EVIDENCE_OFFSET / Float.BYTES;
        System.arraycopy(
                other.image,
                other.slotOffset(otherSlot) / Float.BYTES + from,
                image,
                slotOffset(slot) / Float.BYTES + from,
                slotLength / Float.BYTES - from);
    }

    /** Gives a slot back; the last one takes its number. */
    public void removeSlot(int slot) {
        int last = slotCount() - 1;
        if (slot < 0 || slot > last) {
            throw new IndexOutOfBoundsException("no such slot: slot=" + slot + " slotCount=" + (last + 1));
        }
        System.arraycopy(
                image, slotOffset(last) / Float.BYTES, image, slotOffset(slot) / Float.BYTES, slotLength / Float.BYTES);
        clearSlot(last);
        slotCount(last);
    }

    /** Returns the number of the slot's source. */
    public int slotSource(int slot) {
        return UnsafeApi.getByte(image, slotAt(slot) + SLOT_SOURCE_OFFSET) & 0xFF;
    }

    /** Returns the slot's space, unsigned 32 bits. */
    public int slotSpace(int slot) {
        return UnsafeApi.getInt(image, slotAt(slot) + SLOT_SPACE_OFFSET);
    }

    /** Returns whether the slot's vector was put; false for one that events built from nothing. */
    public boolean isSlotPut(int slot) {
        return (UnsafeApi.getByte(image, slotAt(slot) + SLOT_FLAGS_OFFSET) & ProfileDescriptor.SLOT_FLAG_PUT) != 0;
    }

    /** Says that the slot's vector was put. Events that move it later do not take it back. */
    public void markSlotPut(int slot) {
        long at = slotAt(slot) + SLOT_FLAGS_OFFSET;
        UnsafeApi.putByte(image, at, (byte) (UnsafeApi.getByte(image, at) | ProfileDescriptor.SLOT_FLAG_PUT));
    }

    /** Returns how much stands behind the slot, as of its time. */
    public double slotEvidence(int slot) {
        return UnsafeApi.getDouble(image, slotAt(slot) + SLOT_EVIDENCE_OFFSET);
    }

    /** Sets how much stands behind the slot, as of its time. */
    public void slotEvidence(int slot, double evidence) {
        UnsafeApi.putDouble(image, slotAt(slot) + SLOT_EVIDENCE_OFFSET, evidence);
    }

    /** Returns the time of the slot's last event, milliseconds since 1970. */
    public long slotTimeMillis(int slot) {
        return UnsafeApi.getLong(image, slotAt(slot) + SLOT_TIME_OFFSET);
    }

    /** Sets the time of the slot's last event, milliseconds since 1970. */
    public void slotTimeMillis(int slot, long timeMillis) {
        UnsafeApi.putLong(image, slotAt(slot) + SLOT_TIME_OFFSET, timeMillis);
    }

    /** Returns the norm of the slot's vector, in double over its float32 components. */
    public double slotNorm(int slot) {
        return UnsafeApi.getDouble(image, slotAt(slot) + SLOT_NORM_OFFSET);
    }

    /** Sets the norm; who changes the vector keeps it true. */
    public void slotNorm(int slot, double norm) {
        UnsafeApi.putDouble(image, slotAt(slot) + SLOT_NORM_OFFSET, norm);
    }

    /** Returns the array that holds the vectors, each {@code float32[dimension]} from {@link #vectorOffset}. Not a copy. */
    public float[] vectors() {
        return image;
    }

    /** Returns where in {@link #vectors()} the slot's vector starts. */
    public int vectorOffset(int slot) {
        return (slotOffset(slot) + SLOT_VECTOR_OFFSET) / Float.BYTES;
    }

    /** Counted in bytes from the start of the image. */
    private int slotOffset(int slot) {
        return slotsOffset + Objects.checkIndex(slot, slotCapacity) * slotLength;
    }

    private long slotAt(int slot) {
        return ImageMemory.FLOATS + slotOffset(slot);
    }

    private long getLong(int offset) {
        return UnsafeApi.getLong(image, ImageMemory.FLOATS + offset);
    }

    private void putLong(int offset, long value) {
        UnsafeApi.putLong(image, ImageMemory.FLOATS + offset, value);
    }

    private int getInt(int offset) {
        return UnsafeApi.getInt(image, ImageMemory.FLOATS + offset);
    }

    private void putInt(int offset, int value) {
        UnsafeApi.putInt(image, ImageMemory.FLOATS + offset, value);
    }

    /** Returns {@link ProfileDescriptor#CONSENT_UNSET}, {@code GRANTED} or {@code DENIED}. */
    public int consentState(int source, int purpose) {
        return (int) getLong(consentOffset(source, purpose)) & 3;
    }

    /** Returns when consent was given or denied, milliseconds since 1970; 0 when unset. */
    public long consentTimeMillis(int source, int purpose) {
        return getLong(consentOffset(source, purpose)) >>> 2;
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
        putLong(consentOffset(source, purpose), timeMillis << 2 | state);
    }

    /** Returns how many of the person's seen items this source told of, each counted for who told of it last. */
    public int seenCount(int source) {
        return getInt(seenCountOffset(source));
    }

    /** Takes over from the person's seen set how many items each source told of; shown items do not count. */
    public void countSeen(SeenSet seen) {
        Arrays.fill(image, seenCountsOffset / Float.BYTES, slotsOffset / Float.BYTES, 0f);
        for (int i = 0; i < seen.count(); i++) {
            int source = seen.source(i);
            if (seen.kind(i) == SeenDescriptor.KIND_SEEN && source < sourceCapacity) {
                putInt(seenCountOffset(source), getInt(seenCountOffset(source)) + 1);
            }
        }
    }

    private int seenCountOffset(int source) {
        return seenCountsOffset + Objects.checkIndex(source, sourceCapacity) * Integer.BYTES;
    }

    private int consentOffset(int source, int purpose) {
        if (source < 0 || source >= sourceCapacity || purpose < 0 || purpose >= PURPOSES) {
            throw new IndexOutOfBoundsException("no such source or purpose: source=" + source + " sourceCapacity="
                    + sourceCapacity + " purpose=" + purpose);
        }
        return HEADER_LENGTH + (source * PURPOSES + purpose) * Long.BYTES;
    }

    /** Returns how many hashes the window of event ids holds. */
    public int eventCount() {
        int held = 0;
        for (int i = 0; i < EVENT_WINDOW; i++) {
            held += event(i) != 0 ? 1 : 0;
        }
        return held;
    }

    /** Returns whether the window of event ids holds this hash. A hash of 0 is never held. */
    public boolean hasEvent(long hash) {
        if (hash == 0) {
            return false;
        }
        for (int i = 0; i < EVENT_WINDOW; i++) {
            if (event(i) == hash) {
                return true;
            }
        }
        return false;
    }

    /** Puts a hash of an event id into the window, in the place of the oldest. A hash of 0 is not kept. */
    public void addEvent(long hash) {
        if (hash != 0) {
            int position = eventPosition();
            event(position, hash);
            eventPosition((position + 1) % EVENT_WINDOW);
        }
    }

    private long event(int position) {
        return getLong(eventsOffset + position * Long.BYTES);
    }

    private void event(int position, long hash) {
        putLong(eventsOffset + position * Long.BYTES, hash);
    }

    private int eventPosition() {
        return UnsafeApi.getShort(image, ImageMemory.FLOATS + EVENT_POSITION_OFFSET);
    }

    private void eventPosition(int position) {
        UnsafeApi.putShort(image, ImageMemory.FLOATS + EVENT_POSITION_OFFSET, (short) position);
    }

    /**
     * Takes over the window of another profile beside its own: the newest of both, in turn, as many as there is room for.
     * A hash that both hold stays once.
     */
    public void mergeEvents(ProfileRecord other) {
        long[] merged = new long[EVENT_WINDOW];
        int place = merged.length;
        for (int age = 0; age < merged.length; age++) {
            place = keepEvent(this, age, merged, place);
            place = keepEvent(other, age, merged, place);
        }
        // The oldest lies first, and gives way first.
        int kept = merged.length - place;
        for (int i = 0; i < merged.length; i++) {
            event(i, i < kept ? merged[place + i] : 0);
        }
        eventPosition(kept % merged.length);
    }

    private static int keepEvent(ProfileRecord from, int age, long[] merged, int place) {
        int length = merged.length;
        long hash = from.event((from.eventPosition() - 1 - age + 2 * length) % length);
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
        return (getInt(FLAGS_OFFSET) & ProfileDescriptor.FLAG_REDIRECT) != 0;
    }

    /** Returns the id of the profile that this one was merged into; only if {@link #isRedirect()}. */
    public long redirectProfileId() {
        return getLong(REDIRECT_OFFSET);
    }

    /** Makes it lead to another profile. */
    public void redirectTo(long profileId) {
        putInt(FLAGS_OFFSET, getInt(FLAGS_OFFSET) | ProfileDescriptor.FLAG_REDIRECT);
        putLong(REDIRECT_OFFSET, profileId);
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
        clear(other.profileId());
        version(other.version());
        putInt(FLAGS_OFFSET, other.getInt(FLAGS_OFFSET));
        putLong(REDIRECT_OFFSET, other.redirectProfileId());
        if (keepsEvents) {
            for (int i = 0; i < EVENT_WINDOW; i++) {
                event(i, other.event(i));
            }
            eventPosition(other.eventPosition());
        }
        for (int source = 0; source < newNumbers.length; source++) {
            for (int purpose = 0; newNumbers[source] >= 0 && purpose < PURPOSES; purpose++) {
                putLong(
                        consentOffset(newNumbers[source], purpose),
                        other.getLong(other.consentOffset(source, purpose)));
            }
        }
        links.takeFrom(other.links, newNumbers);
        int dropped = 0;
        for (int i = 0; i < other.slotCount(); i++) {
            int number = other.slotSource(i);
            int source = number < newNumbers.length ? newNumbers[number] : -1;
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
        links.copyFrom(other.links);
        System.arraycopy(other.image, 0, image, 0, (slotsOffset + other.slotCount() * slotLength) / Float.BYTES);
    }
}
