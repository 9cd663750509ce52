package io.magpie.server.cli;

import io.magpie.client.MagpieClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code magpie ping}: whether the server answers, and how fast. */
@Command(
        name = "ping",
        mixinStandardHelpOptions = true,
        description = {
            "Asks the server for a sign of life.",
            "One round trip after the other; prints how long they took."
        })
final class PingCommand extends ClientCommand {
    private static final int MOST_PINGS = 10_000_000;

    @Option(names = "--count", paramLabel = "N", defaultValue = "1", description = "how many round trips (default 1)")
    private int count;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    void check() {
        if (count < 1 || count > MOST_PINGS) {
            throw CommandException.badUsage("--count needs 1 to " + MOST_PINGS + ": count=" + count);
        }
    }

    @Override
    int run(MagpieClient client) throws IOException {
        long[] nanos = new long[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            client.ping();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        double least = nanos[0] / 1e3;
        double p50 = nanos[(count - 1) / 2] / 1e3;
        double p99 = nanos[(int) ((count - 1) * 0.99)] / 1e3;
        double most = nanos[count - 1] / 1e3;
        if (json) {
            JsonOutput.print(out(), object -> {
                object.writeNumberField("count", count);
                object.writeNumberField("minMicros", least);
                object.writeNumberField("p50Micros", p50);
                object.writeNumberField("p99Micros", p99);
                object.writeNumberField("maxMicros", most);
            });
        } else if (count == 1) {
            out().printf(Locale.ROOT, "answered in %.0f us%n", least);
        } else {
            out().printf(
                            Locale.ROOT,
                            "%,d answers: least %.0f us, p50 %.0f us, p99 %.0f us, most %.0f us%n",
                            count,
                            least,
                            p50,
                            p99,
                            most);
        }
        return 0;
    }
}
