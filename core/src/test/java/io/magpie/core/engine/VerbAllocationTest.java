package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.AllocatedBytes;
import io.magpie.core.index.ItemAttributes;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Bytes allocated by requests of every kind once they have been made before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbAllocationTest {
    private static final int ROUNDS = 300;
    private static final byte[] KNOWN = new byte[64];
    private static final byte[] UNKNOWN = {1};

    private VerbFixture fixture;
    private Recommender recommender;
    private Explanation why;

    @BeforeAll
    void open() {
        fixture = new VerbFixture();
        SplittableRandom random = new SplittableRandom(1);
        for (long id = 0; id < 300; id++) {
            fixture.engine.items().put(id, 1, vector(random), 0, new ItemAttributes((int) id % 9, 0, true, false));
        }
        for (long person = 0; person < 20; person++) {
            fixture.engine.profiles().putSlot(person, 0, 1, vector(random), 3, fixture.now());
            fixture.engine.profiles().recordEvent(person, 1, person, 1, fixture.now());
        }
        Person known = new Person().identity(fixture.engine.newIdentityHasher(), 1, KNOWN, 0, KNOWN.length);
        fixture.engine.identities().link(known, Person.of(3));
        fixture.engine.identities().link(Person.of(3), Person.of(2));
        recommender = fixture.engine.newRecommender();
        why = fixture.engine.newExplanation();
    }

    @AfterAll
    void close() {
        fixture.close();
    }

    @Test
    void shouldAllocateNothingWhenRequestsOfEveryKindAreAnswered() {
        for (int round = 0; round < 1_000; round++) {
            answerAll(round);
        }
        long least = AllocatedBytes.fewest(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                answerAll(round);
            }
        });
        assertThat(least).isZero();
    }

    private void answerAll(int round) {
        recommender.clear();
        Recommendation ruled =
                recommender.add().forProfile(round % 20).limit(10).excludeSeen(true);
        ruled.rules().capPerCategory(1);
        ruled.rules().offset(round % 5);
        for (int i = 0; i < 30; i++) {
            ruled.rules().boost(round % 200 + i, i / 8.0, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        ruled.rules().pin(7, 3, Long.MIN_VALUE, Long.MAX_VALUE);
        ruled.contextItem(round % 300, 1);
        Recommendation diverse = recommender.add().forItems().limit(10);
        diverse.item(round % 300, 1);
        diverse.rules().diversity(0.7, 0);
        Recommendation group = recommender.add().forGroup();
        group.member(round % 20);
        group.member(1 + round % 18);
        Recommendation similar = recommender.add().similarTo();
        similar.item(round % 300, 1);
        recommender.add().popular(round % 2 == 0);
        recommender.add().forProfile(10_000);
        byte[] id = round % 2 == 0 ? KNOWN : UNKNOWN;
        recommender.add().forIdentity(1, id, 0, id.length).limit(10).excludeSeen(true);
        group.memberIdentity(1, id, 0, id.length);
        Recommendation scored = recommender.add().forProfile(3);
        for (int i = 0; i < 20; i++) {
            scored.scoreItem(i);
        }
        recommender.execute();
        why.explain(round % 20, round % 300, 5);
    }

    private static float[] vector(SplittableRandom random) {
        float[] vector = new float[VerbFixture.DIMENSION];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
