package io.magpie.load.scenario;

import io.magpie.load.generator.Exchange;
import io.magpie.protocol.GetProfileReplyDecoder;
import io.magpie.protocol.GetProfileRequestDecoder;
import io.magpie.protocol.GetProfileRequestEncoder;
import io.magpie.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Asks for the profiles of random people, and compares one in fifty with what was put, right when it comes: making a
 * person anew takes microseconds.
 */
final class GetProfileExchange implements Exchange {
    private static final int SLOTS_AND_VECTORS =
            GetProfileRequestDecoder.PART_SLOTS | GetProfileRequestDecoder.PART_VECTORS;
    private static final int CHECKED_EVERY = 50;

    private final LoadData data;
    private final People people;
    private final GetProfileRequestEncoder request = new GetProfileRequestEncoder();
    private final GetProfileReplyDecoder reply = new GetProfileReplyDecoder();
    private final float[] vector;
    private long read;
    private long checked;

    GetProfileExchange(LoadData data, People people) {
        this.data = data;
        this.people = people;
        this.vector = new float[data.catalogue().dimension()];
    }

    @Override
    public long write(ByteBuf out, long correlationId) {
        long profileId = people.next();
        request.wrap(out, correlationId, 0).profileId(profileId).parts(SLOTS_AND_VECTORS);
        request.finish();
        return profileId;
    }

    @Override
    public Status read(long key, ByteBuf frame, int offset, int length) {
        if (reply.wrap(frame, offset, length) != Status.OK || reply.profileId() != key) {
            return null;
        }
        if (key % LoadData.WRITTEN_TO == 0 || read++ % CHECKED_EVERY != 0) {
            return Status.OK;
        }
        checked++;
        return isRight(key) ? Status.OK : null;
    }

    @Override
    public long checkedCount() {
        return checked;
    }

    private boolean isRight(long profileId) {
        KnownProfile known = data.profile(profileId);
        if (reply.slotCount() != known.slots().size() || reply.vectorCount() != reply.slotCount()) {
            return false;
        }
        for (int i = 0; i < reply.slotCount(); i++) {
            if (reply.dimension() != vector.length || !reply.copyVector(i, vector)) {
                return false;
            }
            int source = reply.slotSource(i);
            boolean found = false;
            for (KnownProfile.Slot slot : known.slots()) {
                found |= slot.source() == source && Arrays.equals(slot.vector(), vector);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
