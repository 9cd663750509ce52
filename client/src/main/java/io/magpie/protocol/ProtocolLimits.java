package io.magpie.protocol;

/** Every limit of the wire format in one place. A server may take less, and says so in its answer to hello. */
public final class ProtocolLimits {
    /** The protocol version that this code speaks. */
    public static final int VERSION = 1;

    /** The oldest protocol version that this code speaks. */
    public static final int MIN_VERSION = 1;

    /** Longest frame, in bytes after the length field. What a server takes is less by default; hello says how much. */
    public static final int MAX_FRAME_LENGTH = 64 * 1024 * 1024;

    /** Most bytes of the fixed block: what its uint16 can say. */
    public static final int MAX_BLOCK_LENGTH = 0xFFFF;

    /** Longest vector. */
    public static final int MAX_DIMENSION = 1024;

    /** Most items that one answer holds. */
    public static final int MAX_LIMIT = 100_000;

    /** Most entries in one list: changes of a write, ids kept out, statuses. */
    public static final int MAX_LIST_LENGTH = 65_536;

    /** Most categories, or tags of one condition, in a filter. */
    public static final int MAX_FILTER_VALUES = 1_024;

    /** Most items that a question is about, and most of its context. */
    public static final int MAX_QUESTION_ITEMS = 1_024;

    /** Most members of a group. */
    public static final int MAX_MEMBERS = 256;

    /** Most boosts of one request. */
    public static final int MAX_BOOSTS = 4_096;

    /** Most pins of one request. */
    public static final int MAX_PINS = 256;

    /** Most items that one request scores. */
    public static final int MAX_SCORED = 10_000;

    /** Most events that one request records before it is answered. */
    public static final int MAX_REQUEST_EVENTS = 256;

    /** Most tags that one item bears. */
    public static final int MAX_TAGS = 16;

    /** Most tags in one list of items: all of them with all their tags. */
    public static final int MAX_ITEM_TAGS_LENGTH = MAX_LIST_LENGTH * MAX_TAGS;

    /** Most sources: what their uint8 can say, 255 kept free. */
    public static final int MAX_SOURCES = 255;

    /** Most purposes. */
    public static final int MAX_PURPOSES = 8;

    /** Most slots of a profile: each source in two spaces. */
    public static final int MAX_SLOTS = 2 * MAX_SOURCES;

    /** Most consents of a profile. */
    public static final int MAX_CONSENTS = MAX_SOURCES * MAX_PURPOSES;

    /** Most catalogues in one answer. */
    public static final int MAX_EDITIONS = 64;

    /** Most counters in one answer. */
    public static final int MAX_COUNTERS = 4_096;

    /** Most requests in one batch. */
    public static final int MAX_BATCH_REQUESTS = 1_024;

    /** Longest list of whole frames in one batch, in bytes. */
    public static final int MAX_BATCH_LENGTH = MAX_FRAME_LENGTH - 1_024;

    /** Longest document, in bytes. */
    public static final int MAX_DOCUMENT_LENGTH = 32 * 1024 * 1024;

    /** Longest token, in bytes. */
    public static final int MAX_TOKEN_LENGTH = 4_096;

    /** Longest single name or release, in bytes. */
    public static final int MAX_TEXT_LENGTH = 255;

    /** Longest list of names, one after the other, in bytes. */
    public static final int MAX_NAMES_LENGTH = MAX_COUNTERS * MAX_TEXT_LENGTH;

    /** Longest message of an error, in bytes; longer ones are cut. */
    public static final int MAX_MESSAGE_LENGTH = 1_024;

    /** The id that stands for no id, 2^64-1. */
    public static final long RESERVED_ID = -1L;

    /** Default port of a server. */
    public static final int DEFAULT_PORT = 7400;

    /** Most bytes of an identity's external id. */
    public static final int MAX_EXTERNAL_ID_LENGTH = 64;

    /** Most identities in one request: each list's places, and two a link. */
    public static final int MAX_IDENTITIES = 2 * MAX_LIST_LENGTH;

    private ProtocolLimits() {}
}
