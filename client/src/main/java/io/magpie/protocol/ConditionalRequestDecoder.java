package io.magpie.protocol;

/**
 * What requests share that change a list of profiles, each only if it is of a version where the group {@code conditions} says
 * so. Not thread-safe.
 */
public abstract class ConditionalRequestDecoder extends PersonRequestDecoder {
    private final int conditionsGroup;

    /**
     * @param minBlockLength bytes of the block in version 1
     * @param groupCount     how many groups the message has; the last two are conditions and identities
     */
    protected ConditionalRequestDecoder(int minBlockLength, int groupCount) {
        super(minBlockLength, groupCount);
        conditionsGroup = groupCount - 2;
        declare(conditionsGroup, ConditionEntries.LENGTH, ProtocolLimits.MAX_LIST_LENGTH);
    }

    /** Returns how many entries of the list have a condition. */
    public final int conditionCount() {
        return count(conditionsGroup);
    }

    /** Returns the place of an entry in the list; places ascend. */
    public final int conditionEntry(int index) {
        return buffer().getIntLE(entry(conditionsGroup, index) + ConditionEntries.ENTRY_OFFSET);
    }

    /** Returns the version that the profile must be of, uint32; 0 if it must not be there. */
    public final int conditionVersion(int index) {
        return buffer().getIntLE(entry(conditionsGroup, index) + ConditionEntries.VERSION_OFFSET);
    }

    /** Returns the condition of an entry of the list, or -1 if it has none. */
    public final int findCondition(int entry) {
        return find(conditionsGroup, ConditionEntries.ENTRY_OFFSET, entry);
    }

    @Override
    protected Status check() {
        return isAscending(conditionsGroup, ConditionEntries.ENTRY_OFFSET, placeCount())
                ? checkIdentities()
                : Status.MALFORMED;
    }
}
