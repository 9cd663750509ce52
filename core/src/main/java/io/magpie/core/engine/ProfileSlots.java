package io.magpie.core.engine;

import io.magpie.core.Outcome;
import io.magpie.core.fusion.SlotUpdate;
import io.magpie.core.fusion.Source;
import io.magpie.core.profile.ItemRecord;
import io.magpie.core.profile.ProfileRecord;
import java.util.List;

/** How slots of a profile are put, which of them an event moves, and where one finds room. Of whoever holds the writer lock. */
final class ProfileSlots {
    private final List<Source> sources;
    private final CatalogueSides catalogues;

    ProfileSlots(List<Source> sources, CatalogueSides catalogues) {
        this.sources = sources;
        this.catalogues = catalogues;
    }

    /**
     * Moves the slot of each space that a catalogue has the item in: with the live catalogue's vector where both are in one
     * space. A profile without room for the slot of the catalogue beside goes without that one.
     *
     * @param live  the item as the live catalogue has it, or null
     * @param other as the one beside it has it, or null; not both are null
     * @return if not {@link Outcome#OK} the profile is half changed and to be thrown away
     */
    Outcome move(
            ProfileRecord profile, int source, ItemRecord live, ItemRecord other, double strength, long timeMillis) {
        Outcome moved = live == null ? Outcome.OK : moveOne(profile, source, live, strength, timeMillis);
        if (moved != Outcome.OK || other == null || live != null && live.spaceId() == other.spaceId()) {
            return moved;
        }
        Outcome alsoMoved = moveOne(profile, source, other, strength, timeMillis);
        return alsoMoved == Outcome.NO_SLOT_LEFT && live != null ? Outcome.OK : alsoMoved;
    }

    private Outcome moveOne(ProfileRecord profile, int source, ItemRecord towards, double strength, long timeMillis) {
        int slot = slotFor(profile, source, towards.spaceId());
        if (slot < 0) {
            return Outcome.NO_SLOT_LEFT;
        }
        long halfLifeMillis = sources.get(source).halfLifeMillis();
        return SlotUpdate.apply(profile, slot, towards.vector(), strength, timeMillis, halfLifeMillis)
                ? Outcome.OK
                : Outcome.OUT_OF_RANGE;
    }

    /** Puts a slot as it is given; {@link Outcome#NO_SLOT_LEFT} if there is no room. */
    Outcome put(ProfileRecord profile, int source, int spaceId, float[] vector, double evidence, long timeMillis) {
        int slot = slotFor(profile, source, spaceId);
        if (slot < 0) {
            return Outcome.NO_SLOT_LEFT;
        }
        System.arraycopy(vector, 0, profile.vectors(), profile.vectorOffset(slot), vector.length);
        profile.slotNorm(slot, SlotUpdate.norm(vector, 0, vector.length));
        profile.slotEvidence(slot, evidence);
        profile.slotTimeMillis(slot, timeMillis);
        profile.markSlotPut(slot);
        return Outcome.OK;
    }

    /**
     * Returns a slot, new if need be, or -1 if there is no room. A slot whose space neither catalogue is in any more gives way
     * to one of a space that one of them is in; the first such.
     */
    private int slotFor(ProfileRecord profile, int source, int spaceId) {
        int slot = profile.findSlot(source, spaceId);
        slot = slot >= 0 ? slot : profile.addSlot(source, spaceId);
        CatalogueSides.Pair pair = catalogues.pair();
        for (int i = 0; slot < 0 && pair.isServed(spaceId) && i < profile.slotCount(); i++) {
            if (!pair.isServed(profile.slotSpace(i))) {
                profile.removeSlot(i);
                slot = profile.addSlot(source, spaceId);
            }
        }
        return slot;
    }
}
