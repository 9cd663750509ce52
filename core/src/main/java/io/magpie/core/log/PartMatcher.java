package io.magpie.core.log;

import org.agrona.DirectBuffer;

/** Says which parts of records are meant. */
@FunctionalInterface
public interface PartMatcher {
    /**
     * Looks at one part.
     *
     * @param kind   the part's kind
     * @param id     first half of its key
     * @param buffer holds the payload
     * @param offset of the payload's first byte
     * @param length of the payload in bytes
     */
    boolean test(int kind, long id, DirectBuffer buffer, int offset, int length);
}
