package io.magpie.load.demo;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.ErasureReceipt;
import io.magpie.client.Event;
import io.magpie.client.MagpieClient;
import io.magpie.client.Profile;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.load.generator.LoadConfiguration;
import io.magpie.load.generator.LoadRun;
import io.magpie.load.generator.Measurement;
import io.magpie.load.report.LoadResult;
import io.magpie.load.report.TextReport;
import io.magpie.load.scenario.AnswerChecker;
import io.magpie.load.scenario.AnswerSample;
import io.magpie.load.scenario.KnownCatalogue;
import io.magpie.load.scenario.KnownProfile;
import io.magpie.load.scenario.KnownProfiles;
import io.magpie.load.scenario.LoadData;
import io.magpie.load.scenario.NaiveScorer;
import io.magpie.load.scenario.Scenario;
import io.magpie.load.scenario.ScenarioName;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what Magpie does by a real server's answers, and checks each claim that it makes: a claim that does not hold is
 * said and remembered. Used by one thread.
 */
final class Story {
    private static final int TOP = 5;
    private static final int LOAD_SECONDS = 3;
    private static final double LOAD_RATE = 1_000;

    private final MagpieClient client;
    private final InetSocketAddress address;
    private final DemoData data;
    private final PrintWriter out;
    private final StoryText text;
    private final KnownProfiles profiles;
    private final AnswerChecker checker;
    private final List<String> failures = new ArrayList<>();
    private final int recommend;
    private int compared;
    private int equal;

    Story(MagpieClient client, InetSocketAddress address, DemoData data, PrintWriter out, StoryText text) {
        this.client = client;
        this.address = address;
        this.data = data;
        this.out = out;
        this.text = text;
        this.profiles = new KnownProfiles(client);
        this.checker = new AnswerChecker(new Live(), new NaiveScorer(data.sources()));
        this.recommend = client.serverInfo().purposeNumber("recommend");
        data.catalogue().loadedAs(client.statistics().catalogueVersion());
    }

    /** What is asked of the server in the load test, and what it should answer: profiles as it holds them. */
    private final class Live implements LoadData {

        @Override
        public KnownCatalogue catalogue() {
            return data.catalogue();
        }

        @Override
        public int profileCount() {
            return data.profileCount();
        }

        @Override
        public KnownProfile profile(long id) {
            return profiles.read(id);
        }
    }

    /** Tells all chapters; returns what did not hold, in whole sentences. */
    List<String> tell() throws IOException, InterruptedException {
        List<DemoData.Hero> heroes = data.heroes();
        introduce(heroes);
        event(heroes.get(1));
        withdraw(heroes.get(2));
        erase(heroes.get(0));
        underLoad();
        summary();
        return failures;
    }

    private void introduce(List<DemoData.Hero> heroes) {
        title(1, "Three people, and what suits them");
        for (DemoData.Hero hero : heroes) {
            out.println();
            say("   %s", text.bold("Person " + hero.id() + ", " + hero.name()));
            Optional<Profile> profile = client.getProfile(hero.id());
            if (profile.isEmpty()) {
                fail("person " + hero.id() + " was imported and is not there");
                continue;
            }
            for (Profile.Slot slot : profile.get().slots()) {
                say(
                        "     %-12s %-62s %s",
                        data.sourceNames().get(slot.source()),
                        StoryText.cut(data.describe(slot.vector()), 62),
                        evidence(slot));
            }
            text.answer(lines(ask(hero))).forEach(out::println);
        }
        out.println();
    }

    private static String evidence(Profile.Slot slot) {
        return String.format(Locale.ROOT, "evidence %.0f", slot.evidence());
    }

    private void event(DemoData.Hero hero) {
        long item = data.newInterest();
        title(2, "Something happens, and the very next answer knows it");
        Recommendations before = ask(hero);
        for (int i = 0; i < 2; i++) {
            client.recordEvent(new Event(
                    hero.id(),
                    data.eventSource(),
                    item,
                    1.0,
                    client.serverInfo().timeMillis()));
        }
        Recommendations after = ask(hero);
        say(
                "   Person %d looks at \"%s\" twice (%s):",
                hero.id(), data.itemName(item), data.sourceNames().get(data.eventSource()));
        sideBySide("before", before, "right after (-> new, ^ v moved)", after);
        out.println();
        expect(!ids(before).equals(ids(after)), "the event changed nothing for person " + hero.id());
        expect(!ids(after).contains(item), "a good that person " + hero.id() + " has seen was recommended again");
    }

    private void withdraw(DemoData.Hero hero) {
        int source = data.withdrawnSource();
        String name = data.sourceNames().get(source);
        title(3, "Consent withdrawn: gone from the very next answer");
        Recommendations before = ask(hero);
        client.setConsent(new ConsentUpdate(
                hero.id(),
                source,
                recommend,
                ConsentState.DENIED,
                client.serverInfo().timeMillis()));
        Recommendations after = ask(hero);
        say("   Person %d no longer wants %s data used for recommendations:", hero.id(), name);
        sideBySide("with " + name, before, "without", after);
        say("     the answer says so: %s", after.flags());
        out.println();
        expect(
                after.has(RecommendationFlag.CONSENT_REMOVED_SOURCE),
                "the answer after a withdrawn consent does not say so: flags=" + after.flags());
        expect(!lines(before).equals(lines(after)), "the withdrawn consent changed nothing for person " + hero.id());
    }

    private void erase(DemoData.Hero hero) {
        title(4, "Erased means erased");
        ErasureReceipt receipt = client.eraseProfile(hero.id());
        Recommendations after = ask(hero);
        say(
                "   Person %d is erased. Receipt: %d profile, %d slots, %d consents, %d seen items.",
                hero.id(), receipt.profiles(), receipt.slots(), receipt.consents(), receipt.seenItems());
        say(
                "     the next answer knows nobody of this id: %s%s",
                after.flags(), after.items().isEmpty() ? "" : ", what is popular instead:");
        if (!after.items().isEmpty()) {
            text.answer(lines(after)).forEach(out::println);
        }
        expect(receipt.profiles() == 1, "the receipt names no profile for person " + hero.id());
        expect(
                after.has(RecommendationFlag.UNKNOWN_PROFILE) && after.has(RecommendationFlag.FALLBACK),
                "person " + hero.id() + " was erased and is still known: flags=" + after.flags());
        expect(client.getProfile(hero.id()).isEmpty(), "the profile of person " + hero.id() + " can still be read");
        out.println();
    }

    private void underLoad() throws IOException, InterruptedException {
        title(5, "Under load");
        LoadConfiguration configuration = new LoadConfiguration(
                LoadConfiguration.Mode.POISSON,
                LOAD_RATE,
                Duration.ofSeconds(1),
                Duration.ofSeconds(LOAD_SECONDS),
                4,
                256,
                1,
                Duration.ofNanos(50_000),
                Duration.ofSeconds(5));
        Scenario scenario = new Scenario(ScenarioName.RECOMMEND, new Live(), 10, 1);
        Measurement run =
                new LoadRun(configuration, address, scenario::exchange, (elapsed, completed, second) -> {}).run();
        AnswerChecker.Verdict verdict = checker.check(scenario.samples());
        compared += (int) verdict.checked();
        equal += (int) (verdict.checked() - verdict.wrong());
        LoadResult result = LoadResult.of(scenario, run, verdict);
        say(
                "   %,d recommendations for random people in %d s, at random times: %s",
                run.completed(), LOAD_SECONDS, TextReport.rate(run));
        say("     latency %s", TextReport.latency(run));
        say("     counted from when each request was meant to be sent, on a machine that the server shares");
        // How fast it is depends on the machine, which may be busy; that every answer comes and is right does not.
        expect(run.lost() == 0 && run.completed() > 0, run.lost() + " requests were never answered");
        result.failures().stream()
                .filter(failure -> !failure.startsWith("missed its rate"))
                .forEach(this::fail);
        out.println();
    }

    private void summary() {
        title(6, "Checked");
        say(
                "   %,d answers compared with a plain scan of all %,d goods: %s",
                compared,
                data.catalogue().size(),
                compared == equal ? "all equal, same goods, same order, same scores" : (compared - equal) + " differ");
        if (!data.sources().stream().allMatch(source -> source.halfLifeMillis() == 0)) {
            out.println("     (scores to the last bits: evidence fades between two readings of the clock)");
        }
        failures.forEach(failure -> say("   FAILED: %s", failure));
        out.println();
        out.flush();
    }

    /** Asks, and compares an answer that follows from the profile with a plain scan of what the server holds. */
    private Recommendations ask(DemoData.Hero hero) {
        Recommendations answer = client.recommend(
                RecommendRequest.forProfile(hero.id()).limit(TOP).excludeSeen());
        if (answer.has(RecommendationFlag.FALLBACK)) {
            return answer;
        }
        long[] ids = answer.items().stream()
                .mapToLong(Recommendations.ScoredItem::itemId)
                .toArray();
        float[] scores = new float[ids.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = answer.items().get(i).score();
        }
        AnswerChecker.Verdict verdict = checker.check(List.of(new AnswerSample(
                hero.id(), null, TOP, true, answer.catalogueVersion(), answer.timeMillis(), ids, scores)));
        compared++;
        equal += verdict.checked() == 1 && verdict.wrong() == 0 ? 1 : 0;
        if (verdict.wrong() > 0 || verdict.unknown() > 0) {
            fail("an answer differs from a plain scan: " + verdict.examples());
        }
        return answer;
    }

    private void sideBySide(String leftTitle, Recommendations left, String rightTitle, Recommendations right) {
        text.sideBySide(leftTitle, lines(left), rightTitle, lines(right)).forEach(out::println);
    }

    private List<StoryText.Line> lines(Recommendations answer) {
        return answer.items().stream()
                .map(item -> new StoryText.Line(
                        item.itemId(), item.score(), data.itemName(item.itemId()), data.itemDetail(item.itemId())))
                .toList();
    }

    private static List<Long> ids(Recommendations answer) {
        return answer.items().stream().map(Recommendations.ScoredItem::itemId).toList();
    }

    private void title(int number, String title) {
        out.println(text.title(number, title));
        out.flush();
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            fail(otherwise);
        }
    }

    private void fail(String what) {
        failures.add(what);
    }
}
