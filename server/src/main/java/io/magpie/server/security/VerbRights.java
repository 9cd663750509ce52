package io.magpie.server.security;

import io.magpie.protocol.MessageType;

/**
 * The one table of what each verb asks for, and whether it is written into the audit log. Also holds verbs whose layout
 * is still to come, by number, so that none can land unguarded: a verb that is not in the table asks for every scope.
 */
public final class VerbRights {
    private static final int READ = Scope.READ.bit();
    private static final int WRITE = Scope.WRITE.bit();
    private static final int ERASE = Scope.ERASE.bit();
    private static final int ADMIN = Scope.ADMIN.bit();
    private static final int AUDITED = 1 << 8;
    private static final int KNOWN = 1 << 9;

    private static final int[] TABLE = new int[0x40];

    static {
        put(MessageType.HELLO, 0);
        put(MessageType.PING, 0);
        put(MessageType.STATISTICS, READ);
        put(MessageType.SNAPSHOT, ADMIN | AUDITED);
        put(MessageType.BATCH, 0); // each request in it is checked by itself
        put(MessageType.RECOMMEND, READ);
        put(MessageType.SCORE, READ);
        put(MessageType.SIMILAR, READ);
        put(MessageType.WHY, READ);
        put(MessageType.POPULAR, READ);
        put(MessageType.RECORD_AND_RECOMMEND, READ | WRITE);
        put(MessageType.RESERVED_AUDIENCE, READ);
        put(MessageType.RESERVED_REVERSE_TOP, READ);
        put(MessageType.PUT_SLOTS, WRITE);
        put(MessageType.RECORD_EVENTS, WRITE);
        put(MessageType.SET_CONSENTS, WRITE | AUDITED);
        put(MessageType.GET_PROFILE, READ);
        put(MessageType.ERASE_PROFILE, ERASE | AUDITED);
        put(MessageType.LINK, WRITE | AUDITED);
        put(MessageType.UNLINK, WRITE | AUDITED);
        put(MessageType.EXPORT_PROFILE, READ | ADMIN | AUDITED);
        put(MessageType.MARK_ITEMS, WRITE);
        put(MessageType.PUT_ITEMS, WRITE);
        put(MessageType.PATCH_ITEMS, WRITE);
        put(MessageType.REMOVE_ITEMS, WRITE);
        put(MessageType.GET_ITEM, READ);
        put(MessageType.STAGE_CATALOGUE, ADMIN | AUDITED);
        put(MessageType.SWITCH_CATALOGUE, ADMIN | AUDITED);
        put(MessageType.DROP_CATALOGUE, ADMIN | AUDITED);
        put(MessageType.REBUILD_CATALOGUE, ADMIN | AUDITED);
        put(MessageType.GET_CATALOGUES, READ);
    }

    private VerbRights() {}

    private static void put(int messageType, int rights) {
        TABLE[messageType] = rights | KNOWN;
    }

    /** Returns the scopes that a verb asks for, all of them at once. Allocates nothing. */
    public static int scopes(int messageType) {
        return isListed(messageType) ? TABLE[messageType] & Scope.ALL : Scope.ALL;
    }

    /** Returns whether a verb is written into the audit log. Allocates nothing. */
    public static boolean isAudited(int messageType) {
        return isListed(messageType) && (TABLE[messageType] & AUDITED) != 0;
    }

    /** Returns whether the table has the verb. */
    public static boolean isListed(int messageType) {
        return messageType >= 0 && messageType < TABLE.length && (TABLE[messageType] & KNOWN) != 0;
    }
}
