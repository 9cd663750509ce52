package io.magpie.core.store;

import io.magpie.core.log.RecordHandler;
import io.magpie.core.log.RecordSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Brings the maps to the state of the log's last record, whatever a crash left in them. Two passes: the first finds the
 * newest part of each entry and what was removed in the end, the second applies only the newest. So no entry comes back
 * for a moment that is gone in the end, and maps that were full stay within their bounds. Used once, by one thread.
 */
final class StateRecovery {
    /** An entry of a map, which the kind of part that puts it stands for. */
    private record Entry(int putKind, long id, long sub) {
        int removeKind() {
            return MapKind.ofPut(putKind).removeKind();
        }
    }

    private final RecordSource log;
    private final long checkpoint;
    private final Map<Entry, Long> newest = new HashMap<>();
    /** Profiles that a record removes, with the number of the last one. */
    private final Long2LongHashMap removed = new Long2LongHashMap(0);

    private byte[] image = new byte[0];
    private long position;
    private long records;
    private long lastSequence;
    private boolean lastRemoves;

    /**
     * @param log        nothing is appended to it meanwhile
     * @param checkpoint number of the newest record that the maps hold for sure
     */
    StateRecovery(RecordSource log, long checkpoint) {
        this.log = log;
        this.checkpoint = checkpoint;
    }

    /**
     * The first pass; only reads.
     *
     * @throws StateStoreException if a record is of a newer format
     */
    void survey() throws IOException, StateStoreException {
        int[] unknown = {-1};
        log.replay(checkpoint, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            if (type != PartKind.CHANGE || kind > PartKind.LAST) {
                unknown[0] = kind;
            }
            boolean isIdentity = kind == PartKind.IDENTITY_PUT || kind == PartKind.IDENTITY_REMOVE;
            note(
                    sequence,
                    kind,
                    isIdentity ? buffer.getLong(offset) : id,
                    isIdentity ? buffer.getLong(offset + Long.BYTES) : sub,
                    kind == PartKind.SEEN_REMOVE ? buffer.getInt(offset) : 0);
        });
        if (unknown[0] >= 0) {
            throw new StateStoreException("The update log was written by a newer Magpie: kind of part=" + unknown[0]
                    + " known=1.." + PartKind.LAST + ". Nothing was changed. Start that version again.");
        }
    }

    /** Returns whether the last change, which may have been applied in part, removes what belongs to a person. */
    boolean lastRemoves() {
        return lastRemoves;
    }

    /**
     * The second pass: brings the maps, registers and counts to the last record.
     *
     * @return how many records there were
     */
    long apply(PartApplier applier, StateCounts counts) throws IOException {
        applyRemovals(applier);
        position = 0;
        log.replay(checkpoint, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            position++;
            if (image.length < length) {
                image = new byte[length];
            }
            buffer.getBytes(offset, image, 0, length);
            if (kind == PartKind.COUNTS) {
                counts.decode(buffer, offset);
            } else if (kind == PartKind.REGISTER
                    || kind == PartKind.ERASURE
                    || isNewestPut(kind, id, sub, buffer, offset)) {
                applier.apply(kind, id, sub, image, 0, length);
            }
        });
        return records;
    }

    /** Returns whether a record puts or removes what this part puts; after the first pass. */
    boolean isTouched(int putKind, long id, int sub, DirectBuffer buffer, int offset) {
        return newest.containsKey(entry(putKind, id, sub, buffer, offset));
    }

    /** An identity's key lies in the payload. */
    private static Entry entry(int putKind, long id, int sub, DirectBuffer buffer, int offset) {
        return putKind == PartKind.IDENTITY_PUT
                ? new Entry(putKind, buffer.getLong(offset), buffer.getLong(offset + Long.BYTES))
                : new Entry(putKind, id, sub);
    }

    /** Returns the number of the last record that removes this profile; 0 if none does. After the first pass. */
    long lastRemoval(long profileId) {
        return removed.get(profileId);
    }

    /** Returns whether anybody was removed; after the first pass. */
    boolean removesAnybody() {
        return !removed.isEmpty();
    }

    /** Hands over the newest put of each entry that is there in the end; after the first pass. */
    void forEachNewest(RecordHandler handler) throws IOException {
        position = 0;
        log.replay(checkpoint, (sequence, type, kind, id, sub, buffer, offset, length) -> {
            position++;
            if (isNewestPut(kind, id, sub, buffer, offset)) {
                handler.onPart(sequence, type, kind, id, sub, buffer, offset, length);
            }
        });
    }

    private void applyRemovals(PartApplier applier) throws IOException {
        UnsafeBuffer payload = new UnsafeBuffer(new byte[2 * Long.BYTES]);
        for (Map.Entry<Entry, Long> each : newest.entrySet()) {
            Entry entry = each.getKey();
            if (each.getValue() >= 0) {
                continue;
            }
            if (entry.putKind() == PartKind.IDENTITY_PUT) {
                payload.putLong(0, entry.id());
                payload.putLong(Long.BYTES, entry.sub());
            } else {
                payload.putInt(0, (int) entry.sub() + 1);
            }
            applier.apply(
                    entry.removeKind(), entry.id(), (int) entry.sub(), payload.byteArray(), 0, payload.capacity());
        }
    }

    private boolean isNewestPut(int kind, long id, int sub, DirectBuffer buffer, int offset) {
        Long at = newest.get(entry(kind, id, sub, buffer, offset));
        return at != null && at == position;
    }

    /** Keeps the place of the newest put of each entry, as a number from 1 on; removed in the end is a negative one. */
    private void note(long sequence, int kind, long id, long sub, int until) {
        position++;
        if (sequence != lastSequence) {
            lastSequence = sequence;
            records++;
            lastRemoves = false;
        }
        // Only the last change can have been applied in part.
        lastRemoves |=
                kind == PartKind.PROFILE_REMOVE || kind == PartKind.SEEN_REMOVE || kind == PartKind.IDENTITY_REMOVE;
        switch (kind) {
            case PartKind.PROFILE_PUT, PartKind.SEEN_PUT, PartKind.ITEM_PUT, PartKind.IDENTITY_PUT ->
                newest.put(new Entry(kind, id, sub), position);
            case PartKind.PROFILE_REMOVE -> {
                newest.put(new Entry(PartKind.PROFILE_PUT, id, sub), -position);
                removed.put(id, sequence);
            }
            case PartKind.IDENTITY_REMOVE -> newest.put(new Entry(PartKind.IDENTITY_PUT, id, sub), -position);
            case PartKind.ITEM_REMOVE -> newest.put(new Entry(PartKind.ITEM_PUT, id, sub), -position);
            case PartKind.SEEN_REMOVE -> {
                for (long chunk = sub; chunk < until; chunk++) {
                    newest.put(new Entry(PartKind.SEEN_PUT, id, chunk), -position);
                }
            }
            default -> {
                // Not an entry of a map.
            }
        }
    }
}
