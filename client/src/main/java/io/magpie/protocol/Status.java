package io.magpie.protocol;

/**
 * How a request, or one entry of a list of changes, ended: uint16 on the wire, 0 for success. Numbers below 256 are
 * said about the content of a request, those from 256 about its form or about the server. Numbers never change.
 */
public enum Status {
    /** Done. */
    OK(0),
    /** No profile of this id. */
    UNKNOWN_PROFILE(1),
    /** No item of this id. */
    UNKNOWN_ITEM(2),
    /** The source's number is not that of a configured source. */
    UNKNOWN_SOURCE(3),
    /** The purpose's number is not that of a purpose. */
    UNKNOWN_PURPOSE(4),
    /** The vector names a space that the catalogue is not in. */
    WRONG_SPACE(5),
    /** The vector's length is not the configured dimension. */
    WRONG_DIMENSION(6),
    /** A number is NaN or infinite. */
    NOT_FINITE(7),
    /** The id 2^64-1 stands for no id. */
    RESERVED_ID(8),
    /** The time lies further in the future than clocks may differ. */
    TIME_IN_FUTURE(9),
    /** The time lies before 1970 or beyond what can be stored. */
    TIME_OUT_OF_RANGE(10),
    /** A number or a length is out of its range. */
    OUT_OF_RANGE(11),
    /** There is no room for a new profile or item. */
    STORE_FULL(12),
    /** The profile has no slot left for another source or space. */
    NO_SLOT_LEFT(13),
    /** The record is not of the version that the condition named. */
    VERSION_CONFLICT(14),
    /** The server can no longer write its files; it takes no changes. */
    STORAGE_FAILED(15),
    /** No catalogue of this edition, or none beside the live one. */
    UNKNOWN_CATALOGUE(16),
    /** There is a catalogue beside the live one already. */
    CATALOGUE_EXISTS(17),
    /** The live catalogue is not dropped. */
    CATALOGUE_LIVE(18),
    /** The profile has no room for another identity, or for another profile that was merged into it. */
    TOO_MANY_IDENTITIES(19),
    /** The server does not know this message type. */
    UNKNOWN_VERB(256),
    /** Lengths or counts in the frame do not fit each other. */
    MALFORMED(257),
    /** The frame is longer than the server takes; it was skipped, or the connection is closed. */
    FRAME_TOO_LARGE(258),
    /** The server does not speak this protocol version. */
    UNSUPPORTED_VERSION(259),
    /** More is asked than can be served; nothing was done, try later. */
    OVERLOADED(260),
    /** The request's budget ran out before it was begun; nothing was done. */
    DEADLINE_EXCEEDED(261),
    /** The connection has not said hello with valid credentials. */
    UNAUTHENTICATED(262),
    /** The credentials do not allow this verb. */
    FORBIDDEN(263),
    /** The server is stopping; nothing was done. */
    SHUTTING_DOWN(264),
    /** The server is starting; nothing was done. */
    NOT_READY(265),
    /** The server failed; its log says why. A change may have been applied. */
    INTERNAL(266),
    /** Never sent: stands for a number that this code does not know. */
    UNRECOGNISED(65535);

    private static final int SECOND_RANGE = 256;
    private static final Status[] CONTENT = table(0, OK);
    private static final Status[] SERVER = table(SECOND_RANGE, UNKNOWN_VERB);

    private final int code;

    Status(int code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }

    /** Returns the status of a number, or {@link #UNRECOGNISED}. Allocates nothing. */
    public static Status of(int code) {
        if (code >= 0 && code < CONTENT.length) {
            return CONTENT[code];
        }
        int second = code - SECOND_RANGE;
        return second >= 0 && second < SERVER.length ? SERVER[second] : UNRECOGNISED;
    }

    private static Status[] table(int from, Status first) {
        int count = 0;
        Status[] all = values();
        while (all[first.ordinal() + count].code == from + count) {
            count++;
        }
        return java.util.Arrays.copyOfRange(all, first.ordinal(), first.ordinal() + count);
    }
}
