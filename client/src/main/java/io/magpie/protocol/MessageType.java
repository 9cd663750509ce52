package io.magpie.protocol;

/**
 * Numbers of the verbs. A request and its answer bear the same number; {@link FrameHeaderDescriptor#FLAG_REPLY} tells
 * them apart. Numbers never change their meaning. Those named {@code RESERVED_} have no layout yet: a server answers
 * them with {@link Status#UNKNOWN_VERB}.
 */
public final class MessageType {
    /** In an error that answers no request in particular; the connection is closed after it. */
    public static final int NONE = 0x0000;

    /** First message of a connection. */
    public static final int HELLO = 0x0001;

    /** Is the other side there? */
    public static final int PING = 0x0002;

    /** Counters of the server. */
    public static final int STATISTICS = 0x0003;

    /** Starts a snapshot, or asks how far it is. */
    public static final int SNAPSHOT = 0x0004;

    /** Many requests in one frame. */
    public static final int BATCH = 0x0005;

    /** The best items for a profile or a vector. */
    public static final int RECOMMEND = 0x0010;

    /** Scores of given items. */
    public static final int SCORE = 0x0011;

    /** Items similar to items. */
    public static final int SIMILAR = 0x0012;

    /** Why an item suits a profile. */
    public static final int WHY = 0x0013;

    /** Popular or trending items. */
    public static final int POPULAR = 0x0014;

    /** Records events of a profile, and answers with its best items. */
    public static final int RECORD_AND_RECOMMEND = 0x0015;

    /** Room for: the people for an item. */
    public static final int RESERVED_AUDIENCE = 0x0016;

    /** Room for: the people who would see an item among their best N. */
    public static final int RESERVED_REVERSE_TOP = 0x0017;

    /** Sets slots. */
    public static final int PUT_SLOTS = 0x0020;

    /** Records events. */
    public static final int RECORD_EVENTS = 0x0021;

    /** Sets consents. */
    public static final int SET_CONSENTS = 0x0022;

    /** Reads a profile. */
    public static final int GET_PROFILE = 0x0023;

    /** Erases a profile. */
    public static final int ERASE_PROFILE = 0x0024;

    /** Says that identities, or profiles, are the same person's. */
    public static final int LINK = 0x0025;

    /** Takes identities away from their profiles. */
    public static final int UNLINK = 0x0026;

    /** Everything held on one person. */
    public static final int EXPORT_PROFILE = 0x0027;

    /** Remembers items as seen or shown. */
    public static final int MARK_ITEMS = 0x0028;

    /** Puts items. */
    public static final int PUT_ITEMS = 0x0030;

    /** Replaces attributes of items. */
    public static final int PATCH_ITEMS = 0x0031;

    /** Removes items. */
    public static final int REMOVE_ITEMS = 0x0032;

    /** Reads an item. */
    public static final int GET_ITEM = 0x0033;

    /** Begins a new catalogue beside the live one. */
    public static final int STAGE_CATALOGUE = 0x0034;

    /** Makes the catalogue beside the live one live, and keeps the other beside it. */
    public static final int SWITCH_CATALOGUE = 0x0035;

    /** Lets go of the catalogue beside the live one. */
    public static final int DROP_CATALOGUE = 0x0036;

    /** Builds the index of a catalogue anew. */
    public static final int REBUILD_CATALOGUE = 0x0037;

    /** Which catalogues there are. */
    public static final int GET_CATALOGUES = 0x0038;

    private MessageType() {}

    /** Returns the name of a verb in lower case, for messages and logs; {@code verb-N} for a number not known. */
    public static String name(int messageType) {
        return switch (messageType) {
            case HELLO -> "hello";
            case PING -> "ping";
            case STATISTICS -> "statistics";
            case SNAPSHOT -> "snapshot";
            case RECOMMEND -> "recommend";
            case RECORD_AND_RECOMMEND -> "record-and-recommend";
            case POPULAR -> "popular";
            case SIMILAR -> "similar";
            case SCORE -> "score";
            case WHY -> "why";
            case PUT_SLOTS -> "put-slots";
            case RECORD_EVENTS -> "record-events";
            case SET_CONSENTS -> "set-consents";
            case GET_PROFILE -> "get-profile";
            case ERASE_PROFILE -> "erase-profile";
            case LINK -> "link";
            case UNLINK -> "unlink";
            case EXPORT_PROFILE -> "export-profile";
            case MARK_ITEMS -> "mark-items";
            case BATCH -> "batch";
            case PUT_ITEMS -> "put-items";
            case PATCH_ITEMS -> "patch-items";
            case REMOVE_ITEMS -> "remove-items";
            case GET_ITEM -> "get-item";
            case STAGE_CATALOGUE -> "stage-catalogue";
            case SWITCH_CATALOGUE -> "switch-catalogue";
            case DROP_CATALOGUE -> "drop-catalogue";
            case REBUILD_CATALOGUE -> "rebuild-catalogue";
            case GET_CATALOGUES -> "get-catalogues";
            default -> "verb-" + messageType;
        };
    }

    /** Returns whether sending the request twice does the same as sending it once, and changes nothing. */
    public static boolean isRead(int messageType) {
        return switch (messageType) {
            case HELLO,
                    PING,
                    STATISTICS,
                    RECOMMEND,
                    SCORE,
                    SIMILAR,
                    WHY,
                    POPULAR,
                    GET_PROFILE,
                    EXPORT_PROFILE,
                    GET_ITEM,
                    GET_CATALOGUES -> true;
            default -> false;
        };
    }
}
