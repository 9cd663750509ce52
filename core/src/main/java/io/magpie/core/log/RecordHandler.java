package io.magpie.core.log;

import java.io.IOException;
import org.agrona.DirectBuffer;

/** Gets the parts of the log's records, in their order. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Takes one part. Parts that were scrubbed are not handed over.
     *
     * @param sequence of the record
     * @param type     of the record
     * @param kind     of the part, 0..65,535
     * @param id       first half of the part's key
     * @param sub      second half of the part's key
     * @param buffer   holds the payload; valid only during the call
     * @param offset   of the payload's first byte
     * @param length   of the payload in bytes
     * @throws IOException to end the replay
     */
    void onPart(long sequence, int type, int kind, long id, int sub, DirectBuffer buffer, int offset, int length)
            throws IOException;
}
