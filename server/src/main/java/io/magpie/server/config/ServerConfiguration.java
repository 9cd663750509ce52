package io.magpie.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All options, read and validated once by {@link ConfigurationLoader}. Immutable.
 *
 * @param listen   where it listens
 * @param loops    threads and batches
 * @param limits   what one request and one connection may take
 * @param state    what is stored and how
 * @param security who may do what, and what is written down of it
 */
public record ServerConfiguration(
        Listen listen, Loops loops, Limits limits, State state, SecurityConfiguration security) {

    /**
     * Where it listens.
     *
     * @param address      address of the wire port
     * @param port         wire port, 0 for a free one
     * @param adminAddress address of the admin port
     * @param adminPort    admin port, 0 for a free one
     * @param drainTimeout how long a shutdown waits for requests in flight
     * @param drainDelay   how long a shutdown goes on as before while it says that it is not ready
     */
    public record Listen(
            InetAddress address,
            int port,
            InetAddress adminAddress,
            int adminPort,
            Duration drainTimeout,
            Duration drainDelay) {}

    /**
     * Threads and batches.
     *
     * @param transport   which transport
     * @param eventLoops  event loop threads, 1 or more
     * @param spinMicros  microseconds of polling after traffic
     * @param batch       most recommends scored together
     * @param poolThreads threads for dear requests
     * @param poolQueue   dear requests that may wait
     * @param overload    how long requests may wait
     * @param warmUp      how long a start may take to have scans compiled
     */
    public record Loops(
            TransportChoice transport,
            int eventLoops,
            int spinMicros,
            int batch,
            int poolThreads,
            int poolQueue,
            Overload overload,
            Duration warmUp) {}

    /**
     * How long requests may wait in an event loop.
     *
     * @param mostWait while it is overloaded; zero takes everything
     * @param burst    else, and for how long waits above {@code mostWait} may last before it counts as overloaded
     */
    public record Overload(Duration mostWait, Duration burst) {}

    /**
     * What one request and one connection may take.
     *
     * @param frameBytes         longest frame, length field not counted
     * @param top                most items asked for
     * @param listLength         most entries in a list
     * @param connections        most connections
     * @param inFlight           most requests of a connection without an answer
     * @param unwrittenBytes     unwritten bytes from which a connection is no longer read
     * @param unwrittenHardBytes unwritten bytes from which a connection is closed
     * @param turnRequests       most requests of a connection begun in one turn of its event loop
     * @param patience           how long is waited for the other side
     */
    public record Limits(
            int frameBytes,
            int top,
            int listLength,
            int connections,
            int inFlight,
            int unwrittenBytes,
            int unwrittenHardBytes,
            int turnRequests,
            Patience patience) {}

    /**
     * How long is waited for the other side.
     *
     * @param helloMillis for TLS, and again for hello where tokens are asked for
     * @param frameMillis from the first byte of a frame to its last
     * @param stallMillis for replies to be taken
     * @param idleMillis  for the next request
     */
    public record Patience(long helloMillis, long frameMillis, long stallMillis, long idleMillis) {}

    /**
     * What is stored and how.
     *
     * @param dataDir             directory of all files
     * @param dimension           length of every vector
     * @param sources             sources in order
     * @param unsetConsentGranted whether consent that was never set counts as granted
     * @param clockSkew           how far in the future a write's time may lie
     * @param seenExpiry          after how long a seen item counts as unseen; zero for never
     * @param capacity            sizes fixed when the directory is made
     * @param log                 the update log
     * @param snapshots           where snapshots go
     */
    public record State(
            Path dataDir,
            int dimension,
            List<SourceConfiguration> sources,
            boolean unsetConsentGranted,
            Duration clockSkew,
            Duration seenExpiry,
            Capacity capacity,
            Log log,
            Snapshots snapshots) {}

    /**
     * Snapshots.
     *
     * @param directory      of all snapshots; null if none are to be made
     * @param bytesPerSecond how fast entries are copied at most; 0 for no limit
     */
    public record Snapshots(Path directory, long bytesPerSecond) {}

    /**
     * Sizes fixed when the data directory is made.
     *
     * @param profiles          room for profiles
     * @param items             room for items
     * @param seen              most seen entries a person
     * @param seenAverage       room for seen entries, a profile on average
     * @param identitiesAverage room for identities, a profile on average
     * @param spareSources      room for more sources
     * @param acceptLoss        whether to start although something acknowledged is lost; not fixed
     * @param checkFiles        whether a start reads all files of a directory that was closed and compares; not fixed
     */
    public record Capacity(
            long profiles,
            long items,
            int seen,
            int seenAverage,
            int identitiesAverage,
            int spareSources,
            boolean acceptLoss,
            boolean checkFiles) {}

    /**
     * The update log.
     *
     * @param segmentBytes       bytes of one file
     * @param sync               when it is forced to the device
     * @param syncIntervalMillis milliseconds between forced writes, when periodic
     * @param checkpointSegments full segments after which a checkpoint is made
     */
    public record Log(int segmentBytes, LogSync sync, int syncIntervalMillis, int checkpointSegments) {}

    /** When what was written is forced to the device. */
    public enum LogSync {
        /** When the kernel does. */
        NONE,
        /** At a fixed pause. */
        PERIODIC,
        /** Before each acknowledgement. */
        EVERY_COMMIT
    }

    /** Which transport is asked for. */
    public enum TransportChoice {
        /** Epoll where it loads, else NIO. */
        AUTO,
        /** Linux' epoll, or refuse to start. */
        EPOLL,
        /** The JDK's. */
        NIO
    }

    static ServerConfiguration of(ConfigurationLoader from) {
        Listen listen = new Listen(
                address(from, ServerOption.BIND),
                from.integer(ServerOption.PORT),
                address(from, ServerOption.ADMIN_BIND),
                from.integer(ServerOption.ADMIN_PORT),
                from.duration(ServerOption.DRAIN_TIMEOUT),
                from.duration(ServerOption.DRAIN_DELAY));
        int eventLoops = from.integer(ServerOption.EVENT_LOOPS);
        Loops loops = new Loops(
                choice(from, ServerOption.TRANSPORT, TransportChoice.values()),
                eventLoops > 0 ? eventLoops : Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                from.integer(ServerOption.SPIN_MICROS),
                from.integer(ServerOption.BATCH),
                from.integer(ServerOption.POOL_THREADS),
                from.integer(ServerOption.POOL_QUEUE),
                new Overload(from.duration(ServerOption.OVERLOAD_WAIT), from.duration(ServerOption.OVERLOAD_BURST)),
                from.duration(ServerOption.WARM_UP));
        State state = state(from);
        SecurityConfiguration security = SecurityConfiguration.of(from, state.dataDir());
        if (!from.enabled(ServerOption.ALLOW_OPEN_NETWORK)) {
            requireClosed(ServerOption.BIND, listen.address(), security);
            requireClosed(ServerOption.ADMIN_BIND, listen.adminAddress(), security);
        }
        return new ServerConfiguration(listen, loops, limits(from), state, security);
    }

    private static InetAddress address(ConfigurationLoader from, ServerOption option) {
        try {
            return InetAddress.getByName(from.text(option));
        } catch (UnknownHostException e) {
            throw from.refused(option, "an address or a host name that resolves");
        }
    }

    private static void requireClosed(ServerOption option, InetAddress address, SecurityConfiguration security) {
        if (address.isLoopbackAddress() || security.tls().isOn() && security.asksForTokens()) {
            return;
        }
        throw new ConfigurationException(option.key() + "=" + address.getHostAddress() + " is not loopback, and "
                + (security.tls().isOn() ? "nobody is asked who they are" : "what is said there is not encrypted")
                + ": set tls.certificate, tls.key and auth.tokens, or bind to 127.0.0.1, or accept that all who reach"
                + " it may read and erase with allow-open-network=true");
    }

    private static Limits limits(ConfigurationLoader from) {
        Limits limits = new Limits(
                (int) from.size(ServerOption.LIMITS_FRAME_SIZE),
                from.integer(ServerOption.LIMITS_TOP),
                from.integer(ServerOption.LIMITS_LIST_LENGTH),
                from.integer(ServerOption.LIMITS_CONNECTIONS),
                from.integer(ServerOption.LIMITS_IN_FLIGHT),
                (int) from.size(ServerOption.LIMITS_UNWRITTEN_SIZE),
                (int) from.size(ServerOption.LIMITS_UNWRITTEN_HARD_SIZE),
                from.integer(ServerOption.LIMITS_TURN_REQUESTS),
                new Patience(
                        from.duration(ServerOption.LIMITS_HELLO_TIMEOUT).toMillis(),
                        from.duration(ServerOption.LIMITS_FRAME_TIMEOUT).toMillis(),
                        from.duration(ServerOption.LIMITS_STALL_TIMEOUT).toMillis(),
                        from.duration(ServerOption.LIMITS_IDLE_TIMEOUT).toMillis()));
        if (limits.unwrittenHardBytes < limits.unwrittenBytes) {
            throw from.refused(
                    ServerOption.LIMITS_UNWRITTEN_HARD_SIZE, "at least limits.unwritten-size=" + limits.unwrittenBytes);
        }
        return limits;
    }

    private static State state(ConfigurationLoader from) {
        List<SourceConfiguration> sources = from.list(ServerOption.SOURCES).stream()
                .map(SourceConfiguration::parse)
                .toList();
        int spare = from.integer(ServerOption.STORE_SPARE_SOURCES);
        if (sources.isEmpty() || sources.size() + spare > 255) {
            throw from.refused(ServerOption.SOURCES, "1 to 255 sources, store.spare-sources=" + spare + " included");
        }
        Set<String> names = new HashSet<>();
        for (SourceConfiguration source : sources) {
            if (!names.add(source.name())) {
                throw from.refused(ServerOption.SOURCES, "free of repeats: name=" + source.name());
            }
        }
        return new State(
                Path.of(from.text(ServerOption.DATA_DIR)),
                from.integer(ServerOption.DIMENSION),
                sources,
                choice(from, ServerOption.UNSET_CONSENT, UnsetConsent.values()) == UnsetConsent.GRANTED,
                from.duration(ServerOption.CLOCK_SKEW),
                from.duration(ServerOption.SEEN_EXPIRY),
                new Capacity(
                        from.number(ServerOption.STORE_PROFILES),
                        from.number(ServerOption.STORE_ITEMS),
                        from.integer(ServerOption.STORE_SEEN),
                        from.integer(ServerOption.STORE_SEEN_AVERAGE),
                        from.integer(ServerOption.STORE_IDENTITIES_AVERAGE),
                        spare,
                        from.enabled(ServerOption.STORE_ACCEPT_LOSS),
                        from.enabled(ServerOption.STORE_CHECK_FILES)),
                new Log(
                        (int) from.size(ServerOption.LOG_SEGMENT_SIZE),
                        choice(from, ServerOption.LOG_SYNC, LogSync.values()),
                        (int) from.duration(ServerOption.LOG_SYNC_INTERVAL).toMillis(),
                        from.integer(ServerOption.LOG_CHECKPOINT_SEGMENTS)),
                new Snapshots(
                        from.text(ServerOption.SNAPSHOT_DIR).isEmpty()
                                ? null
                                : Path.of(from.text(ServerOption.SNAPSHOT_DIR)),
                        from.size(ServerOption.SNAPSHOT_BYTES_PER_SECOND)));
    }

    private enum UnsetConsent {
        DENIED,
        GRANTED
    }

    static <E extends Enum<E>> E choice(ConfigurationLoader from, ServerOption option, E[] choices) {
        String text = from.text(option);
        StringBuilder names = new StringBuilder();
        for (E choice : choices) {
            String name = choice.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            if (name.equals(text)) {
                return choice;
            }
            names.append(names.isEmpty() ? "" : ", ").append(name);
        }
        throw from.refused(option, "one of " + names);
    }
}
