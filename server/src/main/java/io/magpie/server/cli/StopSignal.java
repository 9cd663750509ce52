package io.magpie.server.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as a request to stop. A signal handler and not a shutdown hook, because hooks run all at once: the
 * maps' own hook would close them while requests are still answered, and the exit code would be the signal's. The JDK
 * has no supported API for it, so {@code sun.misc.Signal} is reached by reflection; where it is missing, a hook it is.
 * A second signal ends the process at once.
 */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final int CUT_OFF = 130;

    private final CountDownLatch asked = new CountDownLatch(1);
    private volatile String name = "";

    private StopSignal() {}

    /** Takes the signals over. */
    static StopSignal install() {
        StopSignal stop = new StopSignal();
        try {
            stop.handle("TERM");
            stop.handle("INT");
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("no signal handlers here", e);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop.ask("shutdown"), "magpie-stop"));
        }
        return stop;
    }

    private void handle(String signalName) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        InvocationHandler body = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                ask("SIG" + signalName);
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "StopSignal";
        };
        Object handler = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {handlerType}, body);
        signalType
                .getMethod("handle", signalType, handlerType)
                .invoke(null, signalType.getConstructor(String.class).newInstance(signalName), handler);
    }

    private void ask(String by) {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(CUT_OFF);
        }
        name = by;
        asked.countDown();
    }

    /** Waits until a signal has come. */
    void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the signal's name. */
    String name() {
        return name;
    }
}
