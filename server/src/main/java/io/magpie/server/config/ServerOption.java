package io.magpie.server.config;

import java.util.Locale;

/**
 * Every option of the server: its key below {@code magpie}, its kind and its range. Defaults and the line of
 * documentation are in {@code reference.conf}; a test holds the three together with docs/OPERATIONS.md.
 */
public enum ServerOption {
    PORT("port", Kind.NUMBER, 0, 65_535),
    ADMIN_PORT("admin-port", Kind.NUMBER, 0, 65_535),
    BIND("bind", Kind.TEXT),
    ADMIN_BIND("admin-bind", Kind.TEXT),
    ALLOW_OPEN_NETWORK("allow-open-network", Kind.SWITCH),
    DATA_DIR("data-dir", Kind.TEXT),
    DIMENSION("dimension", Kind.NUMBER, 1, 1_024),
    SOURCES("sources", Kind.LIST),
    UNSET_CONSENT("unset-consent", Kind.TEXT),
    CLOCK_SKEW("clock-skew", Kind.DURATION, 0, 86_400_000L),
    SEEN_EXPIRY("seen-expiry", Kind.DURATION, 0, 315_360_000_000L),
    TRANSPORT("transport", Kind.TEXT),
    EVENT_LOOPS("event-loops", Kind.NUMBER, 0, 256),
    SPIN_MICROS("spin-micros", Kind.NUMBER, 0, 1_000_000),
    BATCH("batch", Kind.NUMBER, 1, 1_024),
    WARM_UP("warm-up", Kind.DURATION, 0, 600_000L),
    DRAIN_TIMEOUT("drain-timeout", Kind.DURATION, 0, 600_000L),
    DRAIN_DELAY("drain-delay", Kind.DURATION, 0, 600_000L),
    RELOAD_INTERVAL("reload-interval", Kind.DURATION, 10, 3_600_000L),
    TLS_CERTIFICATE("tls.certificate", Kind.TEXT),
    TLS_KEY("tls.key", Kind.TEXT),
    TLS_CLIENT_CA("tls.client-ca", Kind.TEXT),
    TLS_PROVIDER("tls.provider", Kind.TEXT),
    AUTH_TOKENS("auth.tokens", Kind.TEXT),
    AUDIT_ENABLED("audit.enabled", Kind.SWITCH),
    AUDIT_DIR("audit.dir", Kind.TEXT),
    AUDIT_KEY_FILE("audit.key-file", Kind.TEXT),
    AUDIT_FILE_SIZE("audit.file-size", Kind.SIZE, 4_096, 1L << 30),
    AUDIT_QUEUE("audit.queue", Kind.NUMBER, 1, 1_000_000),
    POOL_THREADS("pool.threads", Kind.NUMBER, 1, 256),
    POOL_QUEUE("pool.queue", Kind.NUMBER, 1, 65_536),
    OVERLOAD_WAIT("overload.wait", Kind.DURATION, 0, 60_000L),
    OVERLOAD_BURST("overload.burst", Kind.DURATION, 0, 60_000L),
    LIMITS_FRAME_SIZE("limits.frame-size", Kind.SIZE, 1_024, 8L << 20),
    LIMITS_TOP("limits.top", Kind.NUMBER, 1, 10_000),
    LIMITS_LIST_LENGTH("limits.list-length", Kind.NUMBER, 1, 65_536),
    LIMITS_CONNECTIONS("limits.connections", Kind.NUMBER, 1, 1_000_000),
    LIMITS_IN_FLIGHT("limits.in-flight", Kind.NUMBER, 1, 1_000_000),
    LIMITS_UNWRITTEN_SIZE("limits.unwritten-size", Kind.SIZE, 1_024, 1L << 30),
    LIMITS_UNWRITTEN_HARD_SIZE("limits.unwritten-hard-size", Kind.SIZE, 1_024, 1L << 30),
    LIMITS_TURN_REQUESTS("limits.turn-requests", Kind.NUMBER, 1, 1_000_000),
    LIMITS_HELLO_TIMEOUT("limits.hello-timeout", Kind.DURATION, 10, 3_600_000L),
    LIMITS_FRAME_TIMEOUT("limits.frame-timeout", Kind.DURATION, 10, 3_600_000L),
    LIMITS_STALL_TIMEOUT("limits.stall-timeout", Kind.DURATION, 10, 3_600_000L),
    LIMITS_IDLE_TIMEOUT("limits.idle-timeout", Kind.DURATION, 10, 86_400_000L),
    STORE_PROFILES("store.profiles", Kind.NUMBER, 1, 1_000_000_000L),
    STORE_ITEMS("store.items", Kind.NUMBER, 1, 100_000_000L),
    STORE_SEEN("store.seen", Kind.NUMBER, 1, 65_535),
    STORE_SEEN_AVERAGE("store.seen-average", Kind.NUMBER, 1, 65_535),
    STORE_IDENTITIES_AVERAGE("store.identities-average", Kind.NUMBER, 1, 1_000),
    STORE_SPARE_SOURCES("store.spare-sources", Kind.NUMBER, 0, 255),
    STORE_ACCEPT_LOSS("store.accept-loss", Kind.SWITCH),
    STORE_CHECK_FILES("store.check-files", Kind.SWITCH),
    SNAPSHOT_DIR("snapshot.dir", Kind.TEXT),
    SNAPSHOT_BYTES_PER_SECOND("snapshot.bytes-per-second", Kind.SIZE, 0, 1L << 40),
    LOG_SEGMENT_SIZE("log.segment-size", Kind.SIZE, 1L << 20, 1L << 30),
    LOG_SYNC("log.sync", Kind.TEXT),
    LOG_SYNC_INTERVAL("log.sync-interval", Kind.DURATION, 1, 600_000L),
    LOG_CHECKPOINT_SEGMENTS("log.checkpoint-segments", Kind.NUMBER, 1, 1_000);

    /** The object that holds every key. */
    public static final String ROOT = "magpie";

    /** What an option's value looks like. */
    enum Kind {
        /** A whole number; {@code min} and {@code max} hold. */
        NUMBER,
        /** Bytes, with or without a unit. */
        SIZE,
        /** A duration with a unit; {@code min} and {@code max} are milliseconds. */
        DURATION,
        /** true or false. */
        SWITCH,
        /** Text. */
        TEXT,
        /** A list of texts; from environment and command line, separated by commas. */
        LIST
    }

    private final String key;
    private final Kind kind;
    private final long min;
    private final long max;

    ServerOption(String key, Kind kind) {
        this(key, kind, 0, 0);
    }

    ServerOption(String key, Kind kind, long min, long max) {
        this.key = key;
        this.kind = kind;
        this.min = min;
        this.max = max;
    }

    /** Returns the key below {@code magpie}, e.g. {@code limits.top}. */
    public String key() {
        return key;
    }

    /** Returns the key from the root, e.g. {@code magpie.limits.top}. */
    public String path() {
        return ROOT + '.' + key;
    }

    /** Returns the environment variable that sets it, e.g. {@code MAGPIE_LIMITS_TOP}. */
    public String variable() {
        return path().replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns the unit of the value as documentation names it. */
    public String unit() {
        return switch (kind) {
            case SIZE -> "bytes";
            case DURATION -> "duration";
            case SWITCH -> "true or false";
            case TEXT -> "text";
            case LIST -> "list";
            case NUMBER -> this == SPIN_MICROS ? "microseconds" : "number";
        };
    }

    Kind kind() {
        return kind;
    }

    long min() {
        return min;
    }

    long max() {
        return max;
    }

    /** Returns the option of this key below {@code magpie}, or null. */
    public static ServerOption ofKey(String key) {
        for (ServerOption option : values()) {
            if (option.key.equals(key)) {
                return option;
            }
        }
        return null;
    }
}
