package io.magpie.core.log;

/**
 * Byte layout of a segment, its records and their parts. Little-endian; what is not named is zero; records and parts
 * start at multiples of 8.
 *
 * <pre>
 *  segment  0        8        12       16       24       28    32              40           44      64
 *   +--------+--------+--------+--------+--------+-----+---------------+------------+-------+----------+----
 *   | magic  | format | length | number | crc of | 0   | first         | crc of all | 0     | record   | ...  zeros
 *   | u64    | u32    | u32    | u64    | 0..24  |     | sequence  u64 | but itself |       |          |
 *   +--------+--------+--------+--------+--------+-----+---------------+------------+-------+----------+----
 *   \__ written when the segment is prepared, ________/ \__ when it comes into use /
 *       ahead of need
 *
 *  record   0        4        8          16     18      20       24
 *   +--------+--------+----------+------+-------+--------+--------+--------+----
 *   | length | crc    | sequence | type | parts | length | part 0 | part 1 | ...
 *   | u32    | u32    | u64      | u16  | u16   | again  |        |        |
 *   +--------+--------+----------+------+-------+--------+--------+--------+----
 *   \___ the commit word: 8 bytes, stored last and at once; 0 stands for no record
 *   crc covers bytes 8..24 and the first 24 bytes of each part's header
 *
 *  part     0        4      6     8        16     20           24        28    32
 *   +--------+------+-----+--------+------+------------+---------+-----+---------------------+
 *   | length | kind | 0   | id     | sub  | crc of the | scrubbed|older| payload, and zeros  |
 *   | u32    | u16  |     | u64    | u32  | payload u32| u32     | u32 | to a multiple of 8  |
 *   +--------+------+-----+--------+------+------------+---------+-----+---------------------+
 * </pre>
 *
 * A part is scrubbed, at any later time, by storing {@link #SCRUBBED} and then overwriting the payload: no checksum has
 * to be changed for it, so a process killed half-way leaves a log that is still whole. "Older" leads to another part of
 * the segment; it is of use to the process that wrote it alone, and no checksum covers it.
 */
final class LogDescriptor {
    static final long MAGIC = 0x31474F4C47414D31L;
    static final int FORMAT = 1;

    static final int SEGMENT_MAGIC_OFFSET = 0;
    static final int SEGMENT_FORMAT_OFFSET = SEGMENT_MAGIC_OFFSET + Long.BYTES;
    static final int SEGMENT_LENGTH_OFFSET = SEGMENT_FORMAT_OFFSET + Integer.BYTES;
    static final int SEGMENT_NUMBER_OFFSET = SEGMENT_LENGTH_OFFSET + Integer.BYTES;
    static final int SEGMENT_CRC_OFFSET = SEGMENT_NUMBER_OFFSET + Long.BYTES;
    static final int FIRST_SEQUENCE_OFFSET = SEGMENT_CRC_OFFSET + Long.BYTES;
    static final int ACTIVE_CRC_OFFSET = FIRST_SEQUENCE_OFFSET + Long.BYTES;
    static final int SEGMENT_HEADER_LENGTH = 64;

    static final int COMMIT_WORD_OFFSET = 0;
    static final int SEQUENCE_OFFSET = COMMIT_WORD_OFFSET + Long.BYTES;
    static final int TYPE_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int PARTS_OFFSET = TYPE_OFFSET + Short.BYTES;
    static final int LENGTH_AGAIN_OFFSET = PARTS_OFFSET + Short.BYTES;
    static final int RECORD_HEADER_LENGTH = LENGTH_AGAIN_OFFSET + Integer.BYTES;

    static final int PART_LENGTH_OFFSET = 0;
    static final int PART_KIND_OFFSET = PART_LENGTH_OFFSET + Integer.BYTES;
    static final int PART_ID_OFFSET = PART_KIND_OFFSET + Integer.BYTES;
    static final int PART_SUB_OFFSET = PART_ID_OFFSET + Long.BYTES;
    static final int PART_CRC_OFFSET = PART_SUB_OFFSET + Integer.BYTES;
    static final int PART_SCRUBBED_OFFSET = PART_CRC_OFFSET + Integer.BYTES;
    static final int PART_OLDER_OFFSET = PART_SCRUBBED_OFFSET + Integer.BYTES;
    static final int PART_HEADER_LENGTH = PART_OLDER_OFFSET + Integer.BYTES;

    /** How much of a part's header the record's checksum covers: all but the word that scrubbing changes. */
    static final int PART_CHECKED_LENGTH = PART_SCRUBBED_OFFSET;

    /** Not 1: a flipped bit must not make a part look scrubbed. */
    static final int SCRUBBED = 0x42524353;

    private LogDescriptor() {}

    static int align(int length) {
        return (length + 7) & -8;
    }

    static long commitWord(int length, int crc) {
        return (length & 0xFFFF_FFFFL) | (long) crc << 32;
    }
}
