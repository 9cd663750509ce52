package io.magpie.load.demo;

import io.magpie.client.MagpieClient;
import io.magpie.load.process.Home;
import io.magpie.load.process.ServerProcess;
import io.magpie.load.report.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code magpie demo}: the first run of a newcomer, and a check: it ends with 1 if anything it tells does not hold. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a server over a temporary directory, loads a made-up shop with three sources into it, shows what people"
                    + " are recommended and why that changes, puts it under load, and goes on serving until Ctrl-C."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(180);
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "end after the story")
    private boolean once;

    @Option(names = "--data", paramLabel = "DIR", description = "tell it of the people and goods of a factor folder")
    private Path folder;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        Path home = Home.required();
        DemoData data = folder == null ? new RetailDemo() : new FolderDemo(new FactorFolder(folder));
        StoryText text = new StoryText(System.console() != null && System.getenv("NO_COLOR") == null);
        out.println(text.bold("Magpie demo") + ": " + data.title());
        out.flush();
        long startNanos = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(home, READY_TIMEOUT, arguments(data))) {
            say(out, "server", "%s, ready after %s", name(server.wireAddress()), seconds(startNanos));
            List<String> failures = tell(server.wireAddress(), data, out, text);
            if (failures.isEmpty() && !once) {
                serve(server, data, out);
            }
            return failures.isEmpty() ? 0 : FAILED;
        }
    }

    private static List<String> arguments(DemoData data) {
        return List.of(
                "--dimension",
                Integer.toString(data.catalogue().dimension()),
                "--sources",
                data.sourcesOption(),
                "--set",
                "store.profiles=" + Math.max(50_000, data.profileCount()),
                "--set",
                "store.items=" + Math.max(10_000, data.catalogue().size()));
    }

    private static List<String> tell(InetSocketAddress address, DemoData data, PrintWriter out, StoryText text)
            throws IOException, InterruptedException {
        ProgressLine progress = new ProgressLine(System.err);
        try (MagpieClient client = MagpieClient.builder(address.getHostString(), address.getPort())
                .clientName("magpie demo")
                .connectTimeout(Duration.ofSeconds(10))
                .requestTimeout(Duration.ofSeconds(30))
                .connect()) {
            long from = System.nanoTime();
            data.loadGoods(client, progress::loading);
            progress.clear();
            say(out, "goods", "%,d in %s", data.catalogue().size(), seconds(from));
            from = System.nanoTime();
            String people = data.loadPeople(client, progress::loading);
            progress.clear();
            say(out, "people", "%s in %s", people, seconds(from));
            out.println();
            return new Story(client, address, data, out, text).tell();
        }
    }

    private static void serve(ServerProcess server, DemoData data, PrintWriter out) throws InterruptedException {
        String address = name(server.wireAddress());
        long person = data.heroes().get(1).id();
        out.println("The server goes on until Ctrl-C. Talk to it from another terminal:");
        out.println("  ./magpie recommend --profile " + person + " --connect " + address);
        out.println("  ./magpie get --profile " + person + " --connect " + address);
        out.println("  ./magpie load --scenario ping --connect " + address);
        out.println("  http://" + name(server.adminAddress()) + "/metrics");
        out.flush();
        server.waitFor();
        out.println("The server has stopped.");
    }

    private static String name(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }

    private static String seconds(long fromNanos) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - fromNanos) / 1e9);
    }

    private static void say(PrintWriter out, String what, String format, Object... arguments) {
        out.println("   " + StoryText.pad(what, 9) + String.format(Locale.ROOT, format, arguments));
        out.flush();
    }
}
