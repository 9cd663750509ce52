package io.magpie.core.log;

import java.io.IOException;

/** Where records come from, in their order. */
@FunctionalInterface
public interface RecordSource {
    /**
     * Hands over the parts of all records above a number.
     *
     * @throws IOException what the handler throws
     */
    void replay(long aboveSequence, RecordHandler handler) throws IOException;
}
