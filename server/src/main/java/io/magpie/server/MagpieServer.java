package io.magpie.server;

import io.magpie.core.engine.Engine;
import io.magpie.core.index.IndexWarmUp;
import io.magpie.core.store.StateStoreException;
import io.magpie.core.vector.Kernels;
import io.magpie.server.admin.AdminPages;
import io.magpie.server.admin.AdminServer;
import io.magpie.server.audit.AuditException;
import io.magpie.server.audit.AuditLog;
import io.magpie.server.config.ConfigurationException;
import io.magpie.server.config.Release;
import io.magpie.server.config.ServerConfiguration;
import io.magpie.server.config.ServerOption;
import io.magpie.server.metrics.PrometheusText;
import io.magpie.server.metrics.ServerMetrics;
import io.magpie.server.security.Access;
import io.magpie.server.security.FileWatch;
import io.magpie.server.security.ReloadedFiles;
import io.magpie.server.security.TlsContexts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: from {@link #start} on it answers, until {@link #close}. Order of the start: admin port (alive, not ready),
 * stores with their recovery, index, wire port, ready; the stop goes the other way. Thread-safe.
 */
public final class MagpieServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MagpieServer.class);

    private enum State {
        STARTING,
        READY,
        STOPPING,
        STOPPED
    }

    private final ServerConfiguration configuration;
    private final Clock clock;
    private final ServerMetrics metrics = new ServerMetrics();
    private volatile State state = State.STARTING;
    private volatile Engine engine;
    private Transport transport;
    private volatile String starting = "starting";
    private AdminServer admin;
    private WireServer wire;
    private Access access;
    private TlsContexts tls;
    private AuditLog audit;
    private FileWatch watch;

    private MagpieServer(ServerConfiguration configuration, Clock clock) {
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Starts a server; when this returns, it answers.
     *
     * @throws ServerStartException if it cannot; nothing of it is left then
     */
    public static MagpieServer start(ServerConfiguration configuration) throws ServerStartException {
        return start(configuration, Clock.systemUTC());
    }

    /** Starts a server that tells the time by {@code clock}. */
    public static MagpieServer start(ServerConfiguration configuration, Clock clock) throws ServerStartException {
        MagpieServer server = new MagpieServer(configuration, clock);
        try {
            server.open();
            return server;
        } catch (ServerStartException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private void open() throws ServerStartException {
        ServerConfiguration.Listen listen = configuration.listen();
        transport = Transport.choose(configuration.loops().transport());
        LOG.info(
                "starting: version={} java={} transport={} kernels={} eventLoops={} dataDir={}",
                Release.VERSION,
                Runtime.version(),
                transport,
                Kernels.best().name(),
                configuration.loops().eventLoops(),
                configuration.state().dataDir().toAbsolutePath().normalize());
        if (Kernels.fallbackReason() != null) {
            LOG.warn("no SIMD, answers are the same but slower: {}", Kernels.fallbackReason());
        }
        openSecurity();
        // Without loopback the admin port is guarded as the wire is; probes stay open, they say nothing of anybody.
        boolean guarded = !listen.adminAddress().isLoopbackAddress();
        try {
            admin = AdminServer.start(
                    listen.adminAddress(),
                    listen.adminPort(),
                    new Pages(),
                    guarded ? tls : null,
                    guarded ? access : null);
        } catch (Exception e) {
            throw cannotListen(ServerOption.ADMIN_PORT, listen.adminAddress(), listen.adminPort(), e);
        }
        starting = "starting: the stores are recovered and the index is built";
        Thread warmUp = startWarmUp();
        try {
            engine = Engine.open(configuration.state().dataDir(), EngineSettings.of(configuration.state()), clock);
        } catch (StateStoreException | IllegalArgumentException e) {
            throw new ServerStartException(e.getMessage(), e);
        }
        starting = "starting: scans are compiled";
        await(warmUp);
        starting = "starting: the port is opened";
        openAudit();
        try {
            wire = WireServer.start(configuration, transport, engine, metrics, new Security(access, tls, audit), clock);
        } catch (Exception e) {
            throw cannotListen(ServerOption.PORT, listen.address(), listen.port(), e);
        }
        watch();
        state = State.READY;
    }

    /** Before the compiler has been over them, scans take milliseconds: nobody is to wait for that. */
    private Thread startWarmUp() {
        int dimension = configuration.state().dimension();
        Duration atMost = configuration.loops().warmUp();
        Thread thread = new Thread(() -> IndexWarmUp.run(dimension, atMost), "magpie-warm-up");
        thread.setDaemon(true);
        if (!atMost.isZero()) {
            thread.start();
        }
        return thread;
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            // The start goes on: requests are only slower for a while.
            Thread.currentThread().interrupt();
        }
    }

    private void openSecurity() throws ServerStartException {
        try {
            access = Access.open(configuration.security().tokens(), clock);
            tls = TlsContexts.open(configuration.security().tls());
        } catch (ConfigurationException e) {
            throw new ServerStartException(e.getMessage(), e);
        }
        if (tls != null) {
            LOG.info("TLS 1.3 by {}", tls.provider());
        }
    }

    private void openAudit() throws ServerStartException {
        try {
            audit = AuditLog.open(configuration.security().audit(), clock);
        } catch (AuditException e) {
            throw new ServerStartException(e.getMessage(), e);
        }
        note("server-start", "version=" + Release.VERSION);
    }

    private void watch() {
        List<ReloadedFiles> files = new ArrayList<>();
        if (access.asksForTokens()) {
            files.add(access);
        }
        if (tls != null) {
            files.add(tls);
        }
        if (!files.isEmpty()) {
            watch = new FileWatch(
                    configuration.security().reloadMillis(),
                    files,
                    changed -> note(changed == tls ? "certificate-reload" : "token-reload", null));
        }
    }

    private void note(String what, String detail) {
        if (audit != null) {
            audit.note(what, detail);
        }
    }

    private static ServerStartException cannotListen(
            ServerOption option, InetAddress address, int port, Exception cause) {
        return new ServerStartException(
                "cannot listen on " + address.getHostAddress() + ':' + port + " ("
                        + cause.getMessage() + "): another process may have the port; choose one with --" + option.key()
                        + ", 0 for a free one",
                cause);
    }

    /** Returns where the binary protocol is spoken. */
    public InetSocketAddress address() {
        return wire.address();
    }

    /** Returns where the admin port listens. */
    public InetSocketAddress adminAddress() {
        return admin.address();
    }

    /** Returns what it has counted. */
    public ServerMetrics metrics() {
        return metrics;
    }

    /** Takes no more connections, answers what has arrived, and closes the stores. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (state == State.STOPPED) {
            return;
        }
        boolean served = state == State.READY;
        state = State.STOPPING;
        if (served) {
            awaitNotice();
        }
        if (watch != null) {
            watch.close();
        }
        if (wire != null) {
            wire.close();
        }
        if (audit != null) {
            note("server-stop", null);
            audit.close();
        }
        if (engine != null) {
            try {
                engine.close();
            } catch (StateStoreException | RuntimeException e) {
                LOG.error("the stores were not closed cleanly; the next start recovers them: {}", e.getMessage(), e);
            }
        }
        if (admin != null) {
            admin.close();
        }
        state = State.STOPPED;
    }

    /** Goes on as before while {@code /readyz} already says no, so that whoever spreads the load sends no more. */
    private void awaitNotice() {
        try {
            Thread.sleep(configuration.listen().drainDelay().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Pages implements AdminPages {
        @Override
        public boolean isReady() {
            return state == State.READY;
        }

        @Override
        public String state() {
            return state == State.STARTING ? starting : state.name().toLowerCase(java.util.Locale.ROOT);
        }

        @Override
        public String metrics() {
            return PrometheusText.page(state == State.READY ? engine : null, metrics, Release.VERSION)
                    + (audit == null ? "" : PrometheusText.audit(audit.written(), audit.waiting(), audit.isFailed()));
        }

        @Override
        public String version() {
            return "{\"version\":\"" + Release.VERSION + "\",\"java\":\"" + Runtime.version() + "\",\"transport\":\""
                    + transport + "\",\"kernels\":\"" + Kernels.best().name() + "\"}";
        }
    }
}
