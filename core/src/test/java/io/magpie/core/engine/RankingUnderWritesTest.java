package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers while items change: each is exactly that of the version it names, categories and vectors included. */
@Timeout(120)
class RankingUnderWritesTest {
    private static final int ITEMS = 30;
    private static final int ANSWERS = 400;
    private static final long BOOSTED = 3;
    /** Changes while one answer is made. Too few for it to give up; one in four meets more, however fast the writer is. */
    private static final int FEW = 2;

    private static final int MANY = 50;

    private record Change(long version, long itemId, AnswerModel.Item item) {}

    private record Answer(long version, float[] u, List<AnswerModel.Ranked> items) {}

    @Test
    void shouldAnswerExactlyAsOfTheNamedVersionWhenItemsChangeMeanwhile() throws InterruptedException {
        try (VerbFixture fixture = new VerbFixture()) {
            List<Change> changes = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(17);
            for (long id = 0; id < ITEMS; id++) {
                change(fixture.engine, random, id, changes);
            }
            AtomicBoolean done = new AtomicBoolean();
            CountDownLatch writing = new CountDownLatch(1);
            Semaphore room = new Semaphore(FEW);
            Thread writer = new Thread(() -> {
                room.acquireUninterruptibly();
                while (!done.get()) {
                    change(fixture.engine, random, random.nextInt(ITEMS), changes);
                    writing.countDown();
                    room.acquireUninterruptibly();
                }
            });
            writer.start();
            // On a busy machine all answers could be given before the writer first runs.
            writing.await();
            List<Answer> answers = new ArrayList<>();
            int moved = 0;
            try {
                Recommender recommender = fixture.engine.newRecommender();
                for (int i = 0; i < ANSWERS; i++) {
                    room.drainPermits();
                    room.release(i % 4 == 0 ? MANY : FEW);
                    moved += ask(recommender, answers);
                }
            } finally {
                done.set(true);
                room.release();
                writer.join();
            }
            assertThat(answers.get(ANSWERS - 1 - moved).version()).isGreaterThan(ITEMS);
            assertThat(moved).as("answers that gave up").isLessThan(ANSWERS / 2);
            check(answers, changes);
        }
    }

    private static int ask(Recommender recommender, List<Answer> answers) {
        recommender.clear();
        Recommendation request = recommender.add().forItems().limit(8);
        request.item(1, 1);
        request.item(2, 1);
        request.rules().capPerCategory(2);
        request.rules().diversity(0.5, 0);
        request.rules().boost(BOOSTED, 0.5, Long.MIN_VALUE, Long.MAX_VALUE);
        recommender.execute();
        assertThat(request.outcome()).isEqualTo(Outcome.OK);
        if ((request.flags() & AnswerFlag.CATALOGUE_MOVED) != 0) {
            return 1;
        }
        List<AnswerModel.Ranked> items = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            items.add(new AnswerModel.Ranked(request.itemId(i), request.score(i)));
        }
        answers.add(new Answer(request.catalogueVersion(), request.vector().clone(), items));
        return 0;
    }

    private static void change(Engine engine, SplittableRandom random, long id, List<Change> changes) {
        float[] vector = new float[VerbFixture.DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        ItemAttributes attributes = new ItemAttributes(random.nextInt(6), 0, true, random.nextInt(20) == 0);
        engine.items().put(id, VerbFixture.SPACE, vector, 0, attributes);
        changes.add(new Change(changes.size() + 1, id, new AnswerModel.Item(vector, 0, attributes)));
    }

    private static void check(List<Answer> answers, List<Change> changes) {
        AnswerModel model = new AnswerModel();
        model.limit = 8;
        model.cap = 2;
        model.lambda = 0.5;
        model.boosts.add(new AnswerModel.Boost(BOOSTED, 0.5, Long.MIN_VALUE, Long.MAX_VALUE));
        int applied = 0;
        for (Answer answer : answers) {
            while (applied < changes.size() && changes.get(applied).version() <= answer.version()) {
                Change change = changes.get(applied++);
                model.items.put(change.itemId(), change.item());
            }
            float[] u = query(model.items.get(1L).vector(), model.items.get(2L).vector());
            assertThat(answer.u()).isEqualTo(u);
            assertThat(answer.items())
                    .as("version=%d", answer.version())
                    .isEqualTo(model.answer(u).items());
        }
    }

    private static float[] query(float[] a, float[] b) {
        double square = 0;
        for (int i = 0; i < a.length; i++) {
            square += ((double) a[i] + b[i]) * ((double) a[i] + b[i]);
        }
        float[] u = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            u[i] = (float) (((double) a[i] + b[i]) / Math.sqrt(square));
        }
        return u;
    }
}
