package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Readers beside one who stages, edits, switches, drops and rebuilds: each answer is exactly that of the version that it
 * names, in the space that it names, rules that look items up included.
 */
@Timeout(120)
class CatalogueSwitchStressTest {
    private static final int IDS = 40;
    private static final int ROUNDS = Integer.getInteger("magpie.test.switches", 60);
    private static final int READERS = 2;

    /** What answered from a version on. */
    private record State(int space, Map<Long, AnswerModel.Item> items) {}

    private record Answer(long version, int space, float[] u, List<AnswerModel.Ranked> items) {}

    private final VerbFixture fixture = new VerbFixture();
    private final SplittableRandom random = new SplittableRandom(5);
    /** Of each live version, what there was; written by the writer alone, read when all is over. */
    private final TreeMap<Long, State> states = new TreeMap<>();

    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void shouldAnswerExactlyAsOfTheNamedVersionWhenCataloguesAreSwitchedMeanwhile() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<List<Answer>>> readers = new ArrayList<>();
        try {
            Map<Long, AnswerModel.Item> live = new HashMap<>();
            int space = VerbFixture.SPACE;
            for (long id = 0; id < IDS; id++) {
                live.put(id, put(CatalogueSides.UNSAID, space, id));
            }
            note(space, live);
            for (int i = 0; i < READERS; i++) {
                readers.add(CompletableFuture.supplyAsync(() -> read(done)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                int next = round % 3 == 0 ? space : 1 + space % 3;
                live = switchOnce(space, live, next);
                space = next;
                int wanted = (round + 1) * 5;
                while (answers.get() < wanted && readers.stream().noneMatch(CompletableFuture::isDone)) {
                    edit(space, live);
                }
            }
        } finally {
            done.set(true);
            CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).join();
            fixture.close();
        }
        for (CompletableFuture<List<Answer>> reader : readers) {
            reader.get().forEach(this::check);
        }
    }

    private Map<Long, AnswerModel.Item> switchOnce(int space, Map<Long, AnswerModel.Item> live, int next) {
        CatalogueSides sides = fixture.engine.catalogues();
        assertThat(sides.stage(next)).isEqualTo(Outcome.OK);
        int edition = sides.status().other().edition();
        Map<Long, AnswerModel.Item> staged = new HashMap<>();
        for (long id = 0; id < IDS; id++) {
            staged.put(id, put(edition, next, id));
            edit(space, live);
        }
        assertThat(sides.switchTo(edition)).isEqualTo(Outcome.OK);
        note(next, staged);
        if (random.nextBoolean()) {
            sides.switchTo(CatalogueSides.UNSAID);
            note(space, live);
            edit(space, live);
            sides.switchTo(CatalogueSides.UNSAID);
            note(next, staged);
        }
        if (random.nextBoolean()) {
            sides.rebuild(CatalogueSides.UNSAID);
        }
        assertThat(sides.drop(CatalogueSides.UNSAID)).isEqualTo(Outcome.OK);
        return staged;
    }

    private void edit(int space, Map<Long, AnswerModel.Item> live) {
        long id = random.nextInt(IDS);
        live.put(id, put(CatalogueSides.UNSAID, space, id));
        note(space, live);
    }

    private AnswerModel.Item put(int edition, int space, long id) {
        float[] vector = new float[VerbFixture.DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        ItemAttributes attributes = new ItemAttributes(random.nextInt(6), 0, true, random.nextInt(20) == 0);
        assertThat(fixture.engine.items().put(edition, id, space, vector, 0, attributes))
                .isEqualTo(Outcome.OK);
        return new AnswerModel.Item(vector, 0, attributes);
    }

    private void note(int space, Map<Long, AnswerModel.Item> live) {
        states.put(fixture.engine.catalogueVersion(), new State(space, Map.copyOf(live)));
    }

    private List<Answer> read(AtomicBoolean done) {
        List<Answer> kept = new ArrayList<>();
        Recommender recommender = fixture.engine.newRecommender();
        while (!done.get()) {
            recommender.clear();
            Recommendation request = recommender.add().forItems().limit(6);
            request.item(1, 1);
            request.rules().capPerCategory(2);
            request.rules().diversity(0.5, 0);
            Recommendation plain = recommender.add().forItems().limit(9);
            plain.item(2, 1);
            recommender.execute();
            keep(request, kept);
            keep(plain, kept);
            answers.incrementAndGet();
        }
        return kept;
    }

    private static void keep(Recommendation request, List<Answer> kept) {
        assertThat(request.outcome()).isEqualTo(Outcome.OK);
        if ((request.flags() & AnswerFlag.CATALOGUE_MOVED) == 0) {
            List<AnswerModel.Ranked> items = new ArrayList<>();
            for (int i = 0; i < request.count(); i++) {
                items.add(new AnswerModel.Ranked(request.itemId(i), request.score(i)));
            }
            kept.add(new Answer(
                    request.catalogueVersion(),
                    request.spaceId(),
                    request.vector().clone(),
                    items));
        }
    }

    private void check(Answer answer) {
        State state = states.get(answer.version());
        assertThat(state).as("version=%d", answer.version()).isNotNull();
        assertThat(answer.space()).as("version=%d", answer.version()).isEqualTo(state.space());
        boolean ruled = answer.items().size() == 6;
        AnswerModel model = new AnswerModel();
        model.items.putAll(state.items());
        model.limit = ruled ? 6 : 9;
        model.cap = ruled ? 2 : 0;
        model.lambda = ruled ? 0.5 : 1;
        assertThat(answer.u())
                .as("version=%d", answer.version())
                .isEqualTo(unit(state.items().get(ruled ? 1L : 2L).vector()));
        assertThat(answer.items())
                .as("version=%d", answer.version())
                .isEqualTo(model.answer(answer.u()).items());
    }

    private static float[] unit(float[] vector) {
        double square = 0;
        for (float each : vector) {
            square += (double) each * each;
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            unit[i] = (float) (vector[i] / Math.sqrt(square));
        }
        return unit;
    }
}
