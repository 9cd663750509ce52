package io.magpie.server.metrics;

import io.magpie.protocol.MessageType;

/** The verbs that are counted, dense, so that a table of them is an array. */
public enum Verb {
    /** {@link MessageType#HELLO}. */
    HELLO(MessageType.HELLO),
    /** {@link MessageType#PING}. */
    PING(MessageType.PING),
    /** {@link MessageType#STATISTICS}. */
    STATISTICS(MessageType.STATISTICS),
    /** {@link MessageType#RECOMMEND}. */
    RECOMMEND(MessageType.RECOMMEND),
    /** {@link MessageType#SCORE}. */
    SCORE(MessageType.SCORE),
    /** {@link MessageType#SIMILAR}. */
    SIMILAR(MessageType.SIMILAR),
    /** {@link MessageType#WHY}. */
    WHY(MessageType.WHY),
    /** {@link MessageType#POPULAR}. */
    POPULAR(MessageType.POPULAR),
    /** {@link MessageType#RECORD_AND_RECOMMEND}. */
    RECORD_AND_RECOMMEND(MessageType.RECORD_AND_RECOMMEND),
    /** {@link MessageType#PUT_SLOTS}. */
    PUT_SLOTS(MessageType.PUT_SLOTS),
    /** {@link MessageType#RECORD_EVENTS}. */
    RECORD_EVENTS(MessageType.RECORD_EVENTS),
    /** {@link MessageType#SET_CONSENTS}. */
    SET_CONSENTS(MessageType.SET_CONSENTS),
    /** {@link MessageType#GET_PROFILE}. */
    GET_PROFILE(MessageType.GET_PROFILE),
    /** {@link MessageType#ERASE_PROFILE}. */
    ERASE_PROFILE(MessageType.ERASE_PROFILE),
    /** {@link MessageType#SNAPSHOT}. */
    SNAPSHOT(MessageType.SNAPSHOT),
    /** {@link MessageType#LINK}. */
    LINK(MessageType.LINK),
    /** {@link MessageType#UNLINK}. */
    UNLINK(MessageType.UNLINK),
    /** {@link MessageType#EXPORT_PROFILE}. */
    EXPORT_PROFILE(MessageType.EXPORT_PROFILE),
    /** {@link MessageType#MARK_ITEMS}. */
    MARK_ITEMS(MessageType.MARK_ITEMS),
    /** {@link MessageType#BATCH}; its requests count too, each by itself. */
    BATCH(MessageType.BATCH),
    /** {@link MessageType#PUT_ITEMS}. */
    PUT_ITEMS(MessageType.PUT_ITEMS),
    /** {@link MessageType#PATCH_ITEMS}. */
    PATCH_ITEMS(MessageType.PATCH_ITEMS),
    /** {@link MessageType#REMOVE_ITEMS}. */
    REMOVE_ITEMS(MessageType.REMOVE_ITEMS),
    /** {@link MessageType#GET_ITEM}. */
    GET_ITEM(MessageType.GET_ITEM),
    /** {@link MessageType#STAGE_CATALOGUE}. */
    STAGE_CATALOGUE(MessageType.STAGE_CATALOGUE),
    /** {@link MessageType#SWITCH_CATALOGUE}. */
    SWITCH_CATALOGUE(MessageType.SWITCH_CATALOGUE),
    /** {@link MessageType#DROP_CATALOGUE}. */
    DROP_CATALOGUE(MessageType.DROP_CATALOGUE),
    /** {@link MessageType#REBUILD_CATALOGUE}. */
    REBUILD_CATALOGUE(MessageType.REBUILD_CATALOGUE),
    /** {@link MessageType#GET_CATALOGUES}. */
    GET_CATALOGUES(MessageType.GET_CATALOGUES),
    /** Everything else: verbs not known, frames that are none. */
    OTHER(MessageType.NONE);

    private static final Verb[] BY_TYPE = byType();

    private final int messageType;
    private final String label;

    Verb(int messageType) {
        this.messageType = messageType;
        label = messageType == MessageType.NONE ? "other" : MessageType.name(messageType);
    }

    /** Returns the verb of a message type on the wire; {@link #OTHER} if there is none. Allocates nothing. */
    public static Verb of(int messageType) {
        return messageType >= 0 && messageType < BY_TYPE.length ? BY_TYPE[messageType] : OTHER;
    }

    /** Returns its name in counters, e.g. {@code get-profile}. */
    public String label() {
        return label;
    }

    private static Verb[] byType() {
        int most = 0;
        for (Verb verb : values()) {
            most = Math.max(most, verb.messageType);
        }
        Verb[] table = new Verb[most + 1];
        java.util.Arrays.fill(table, OTHER);
        for (Verb verb : values()) {
            table[verb.messageType] = verb;
        }
        return table;
    }
}
