package io.magpie.protocol;

import io.netty.buffer.ByteBuf;

/** What requests share whose changes may be conditional; see {@link ConditionalRequestDecoder}. Not thread-safe. */
public abstract class ConditionalRequestEncoder extends PersonRequestEncoder {
    private final int conditionsGroup;

    /**
     * @param identitiesGroup place of the group identities, which is the last, after the conditions
     */
    protected ConditionalRequestEncoder(int identitiesGroup) {
        super(identitiesGroup);
        conditionsGroup = identitiesGroup - 1;
    }

    /** Starts the conditions, after the list: {@code count} calls of {@link #addCondition} follow, entries ascending. */
    public final ConditionalRequestEncoder beginConditions(int count) {
        beginGroup(conditionsGroup, ConditionEntries.LENGTH, count);
        return this;
    }

    /**
     * Writes an entry.
     *
     * @param entry   uint32: place in the message's list, from 0
     * @param version uint32: the version that the profile must be of; 0 if it must not be there
     */
    public final ConditionalRequestEncoder addCondition(int entry, int version) {
        ByteBuf out = buffer();
        out.writeIntLE(entry);
        out.writeIntLE(version);
        return this;
    }
}
