package io.magpie.server.model;

import io.magpie.client.MagpieAsyncClient;
import io.magpie.client.MagpieClient;
import io.magpie.client.Person;
import io.magpie.client.ProfilePart;
import io.magpie.server.MagpieServer;
import io.magpie.server.TestClock;
import io.magpie.server.TestServers;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of verbs through the SDK against a server, and against a plain model of it; every answer is compared, over
 * restarts. {@code -Dmagpie.model.steps=N} makes them longer, {@code -Dmagpie.model.seed=S} another; a failure names both.
 */
@Timeout(600)
class ModelBasedTest {
    private static final int DIMENSION = 8;
    private static final int SEEN_LIMIT = 24;
    private static final int DEFAULT_STEPS = 1_000;
    private static final int STEPS_A_LIFE = 230;
    private static final int NAMED_IN_FAILURE = 12;
    private static final long START = 1_760_000_000_123L;
    private static final long DAY = 86_400_000L;
    private static final List<String> SOURCES = List.of("social", "payment", "commerce");

    @TempDir
    private Path parent;

    private final List<String> history = new ArrayList<>();
    private Model model;
    private Draw draw;
    private WriteSteps writes;
    private ReadSteps reads;
    private Path directory;
    private MagpieServer server;
    private MagpieClient client;
    private int lives;

    private final TestClock clock = new TestClock(START);

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldAnswerAsThePlainModelWhenVerbsComeAtRandom(long number) throws Exception {
        long seed = Long.getLong("magpie.model.seed", number);
        int steps = Integer.getInteger("magpie.model.steps", DEFAULT_STEPS);
        begin(seed);
        int done = 0;
        try {
            start();
            for (int life = 0; done < steps; done++, life++) {
                if (life == STEPS_A_LIFE) {
                    life = 0;
                    restart();
                }
                advance();
                turn();
            }
            restart();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "-Dmagpie.model.seed=" + seed + " failed after " + done + " steps, the last of them:\n  "
                            + String.join(
                                    "\n  ",
                                    history.subList(Math.max(0, history.size() - NAMED_IN_FAILURE), history.size())),
                    e);
        }
    }

    private void begin(long seed) {
        boolean unsetGranted = seed % 2 == 1;
        Fused.Kind[] kinds = seed % 3 == 1
                ? new Fused.Kind[] {Fused.Kind.UNSAID, Fused.Kind.UNSAID, Fused.Kind.UNSAID}
                : new Fused.Kind[] {Fused.Kind.DERIVED, Fused.Kind.UNSAID, Fused.Kind.OWN};
        model = new Model(
                DIMENSION,
                List.of(
                        new Fused.Source(1, 30 * DAY, kinds[0]),
                        new Fused.Source(2, 0, kinds[1]),
                        new Fused.Source(1.5, 7 * DAY, kinds[2])),
                unsetGranted,
                SEEN_LIMIT,
                2 * SOURCES.size(),
                20 * DAY / 1000);
        model.now = clock.millis;
        draw = new Draw(seed, model);
        writes = new WriteSteps(model, draw);
        reads = new ReadSteps(model, draw, writes, SOURCES);
        directory = parent.resolve("life-0");
    }

    private String source(int index, String weightAndHalfLife) {
        String kind = model.sources.get(index).kind() == Fused.Kind.UNSAID
                ? ""
                : ":" + model.sources.get(index).kind().name().toLowerCase(java.util.Locale.ROOT);
        return SOURCES.get(index) + ":" + weightAndHalfLife + kind;
    }

    private void start() throws Exception {
        server = MagpieServer.start(
                TestServers.configuration(
                        directory,
                        "dimension",
                        Integer.toString(DIMENSION),
                        "sources",
                        source(0, "1:30d") + ',' + source(1, "2:never") + ',' + source(2, "1.5:7d"),
                        "unset-consent",
                        model.unsetGranted ? "granted" : "denied",
                        "store.profiles",
                        "2000",
                        "store.items",
                        "500",
                        "store.seen",
                        Integer.toString(SEEN_LIMIT),
                        "store.spare-sources",
                        "0",
                        "seen-expiry",
                        "20d",
                        "log.segment-size",
                        "1MiB"),
                clock);
        client = MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(Duration.ofSeconds(60))
                .connect();
    }

    /** Ends the server, cleanly or as a kill would leave its files, starts it anew, and looks at everything. */
    private void restart() throws Exception {
        boolean clean = draw.oneIn(2) || client.catalogues().freeingItems() > 0;
        history.add(clean ? "restart" : "restart on a copy of the files of the running server");
        Path copy = parent.resolve("life-" + ++lives);
        if (!clean) {
            copy(directory, copy);
        }
        client.close();
        server.close();
        if (!clean) {
            directory = copy;
        }
        start();
        run(reads.catalogues());
        List<Person> everybody = new ArrayList<>(Draw.IDENTITIES);
        for (long id : new long[] {1, 2, 3, 4, 5, 6, 7, -2}) {
            everybody.add(Person.profile(id));
        }
        for (int i = 0; i <= model.people.given(); i++) {
            everybody.add(Directory.allotted(i));
        }
        for (Person each : everybody) {
            run(reads.profile(each, EnumSet.allOf(ProfilePart.class), -1));
        }
        for (Shop shop : model.beside == null ? List.of(model.live) : List.of(model.live, model.beside)) {
            for (long id : shop.goods.keySet()) {
                run(reads.item(shop.number, id));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        // Names alone are listed: a walk asks what each is, and fails when one has got its own name by then.
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Path target = to.resolve(file.getFileName());
                if (Files.isDirectory(file)) {
                    copy(file, target);
                    continue;
                }
                try {
                    Files.copy(file, target);
                } catch (NoSuchFileException e) {
                    // What is made ready holds nothing yet that anybody counts on.
                    if (!file.toString().endsWith(".tmp")) {
                        throw e;
                    }
                }
            }
        }
    }

    private void advance() {
        long step = draw.oneIn(40) ? draw.below((int) DAY) : draw.oneIn(3) ? draw.below(5_000) : 0;
        clock.millis += draw.oneIn(300) ? 10 * DAY : step;
        model.now = clock.millis;
    }

    /** One request by itself, several that do not wait for each other, or a batch. */
    private void turn() {
        int kind = draw.below(12);
        if (kind > 1) {
            run(step());
            return;
        }
        // Drawn before any of them has moved the model: that only makes them less to the point.
        // An export is answered aside, and may have seen what was asked for after it.
        draw.together = true;
        List<Step> steps = draw.list(6, this::step);
        draw.together = false;
        steps.removeIf(each -> each.what().startsWith("export"));
        history.add(kind == 0 ? "batch of " + steps.size() : steps.size() + " at once");
        steps.forEach(each -> history.add(each.what()));
        var batch = client.batch();
        MagpieAsyncClient calls = kind == 0 ? batch.calls() : client.async();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (Step each : steps) {
            answers.add(each.send().apply(calls));
        }
        if (kind == 0) {
            batch.send();
        }
        for (int i = 0; i < answers.size(); i++) {
            steps.get(i).check(answers.get(i));
        }
    }

    private Step step() {
        boolean isEmpty = model.live.goods.size() < 10;
        return isEmpty ? writes.putItems() : draw.oneIn(2) ? writes.one() : reads.one();
    }

    private void run(Step step) {
        history.add(step.what());
        step.check(step.send().apply(client.async()));
    }
}
