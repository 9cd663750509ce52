package io.magpie.core.engine;

import static io.magpie.core.engine.EngineFixture.BOUGHT;
import static io.magpie.core.engine.EngineFixture.CLICKED;
import static io.magpie.core.engine.EngineFixture.DAY;
import static io.magpie.core.engine.EngineFixture.FRIENDS;
import static io.magpie.core.engine.EngineFixture.RECOMMEND;
import static io.magpie.core.engine.EngineFixture.SPACE;
import static io.magpie.core.engine.EngineFixture.START;
import static io.magpie.core.engine.EngineFixture.profile;
import static io.magpie.core.engine.EngineFixture.putItem;
import static io.magpie.core.engine.EngineFixture.recommend;
import static io.magpie.core.engine.EngineFixture.seen;
import static io.magpie.core.engine.EngineFixture.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.ProfileCodec;
import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.store.StateStoreException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineStateTest {
    @TempDir
    Path directory;

    @Test
    void shouldAnswerTheSameBytesWhenItWasClosedAndOpenedAgain() throws StateStoreException {
        EngineFixture fixture = new EngineFixture(directory);
        SplittableRandom random = new SplittableRandom(8);
        byte[][] images = new byte[20][];
        String[] answers = new String[20];
        long version;
        try (Engine engine = fixture.open()) {
            for (long item = 0; item < 40; item++) {
                engine.items().put(item, SPACE, vector(random), (float) random.nextDouble(), ItemAttributes.NONE);
            }
            engine.items().patch(3, new ItemAttributes(1, 2, true, true));
            engine.items().remove(4);
            for (int change = 0; change < 400; change++) {
                change(engine, random);
            }
            version = engine.catalogueVersion();
            for (int id = 0; id < 20; id++) {
                images[id] = image(engine, id);
                answers[id] = answer(engine, id);
            }
        }
        try (Engine engine = fixture.open()) {
            assertThat(engine.catalogueVersion()).isEqualTo(version);
            assertThat(engine.statistics().state().items()).isEqualTo(39);
            for (int id = 0; id < 20; id++) {
                assertThat(image(engine, id)).isEqualTo(images[id]);
                assertThat(answer(engine, id)).isEqualTo(answers[id]);
            }
            assertThat(putItem(engine, 4, vector(1))).isEqualTo(Outcome.OK);
            assertThat(engine.catalogueVersion()).isEqualTo(version + 1);
        }
    }

    @Test
    void shouldLeaveNothingOfAPersonWhenErasedAndSayWhatWasHeld() throws StateStoreException {
        EngineFixture fixture = new EngineFixture(directory);
        try (Engine engine = fixture.open()) {
            putItem(engine, 1, vector(1));
            putItem(engine, 2, vector(2));
            engine.profiles().recordEvent(5, BOUGHT, 1, 1, START);
            engine.profiles().recordEvent(5, CLICKED, 2, 1, START);
            engine.profiles().putSlot(6, FRIENDS, SPACE, vector(1), 1, START);
            engine.profiles().setConsent(5, BOUGHT, RECOMMEND, ProfileDescriptor.CONSENT_GRANTED, START);
            engine.profiles().setConsent(5, CLICKED, RECOMMEND, ProfileDescriptor.CONSENT_DENIED, START);
            fixture.clock.millis = START + 9;
            ErasureReceipt receipt = engine.profiles().erase(5);
            assertThat(receipt)
                    .isEqualTo(new ErasureReceipt(
                            Outcome.OK, 5, 2, 2, 2, 0, 0, receipt.logParts(), receipt.sequence(), START + 9));
            assertThat(receipt.logParts()).isPositive();
            assertThat(receipt.sequence()).isEqualTo(engine.statistics().state().lastSequence());
            assertThat(profile(engine, 5)).isNull();
            assertThat(seen(engine, 5).count()).isZero();
            assertThat(recommend(engine, 5, 10).flags()).isEqualTo(AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
            assertThat(engine.profiles().erase(5).outcome()).isEqualTo(Outcome.UNKNOWN_PROFILE);
            assertThat(profile(engine, 6)).isNotNull();
        }
        try (Engine engine = fixture.open()) {
            assertThat(profile(engine, 5)).isNull();
            assertThat(seen(engine, 5).count()).isZero();
            engine.profiles().recordEvent(5, BOUGHT, 1, 1, START);
            assertThat(profile(engine, 5).version()).isEqualTo(1);
            assertThat(profile(engine, 5).consentState(BOUGHT, RECOMMEND)).isZero();
        }
    }

    @Test
    void shouldCountSeenItemsTruthfullyWhenOldOnesGiveWay() throws StateStoreException {
        try (Engine engine = new EngineFixture(directory).open()) {
            for (long item = 0; item < 30; item++) {
                putItem(engine, item, vector(1));
                engine.profiles().recordEvent(5, item < 25 ? BOUGHT : CLICKED, item, 1, START - (30 - item) * DAY);
            }
            assertThat(seen(engine, 5).count()).isEqualTo(20);
            assertThat(seen(engine, 5).truncated()).isTrue();
            assertThat(profile(engine, 5).seenCount(BOUGHT)).isEqualTo(15);
            assertThat(profile(engine, 5).seenCount(CLICKED)).isEqualTo(5);
            // Told of again by another source: counted for the one that told last.
            engine.profiles().recordEvent(5, CLICKED, 24, 1, START);
            assertThat(profile(engine, 5).seenCount(BOUGHT)).isEqualTo(14);
            assertThat(profile(engine, 5).seenCount(CLICKED)).isEqualTo(6);
        }
    }

    private static void change(Engine engine, SplittableRandom random) {
        long id = random.nextInt(20);
        int source = random.nextInt(3);
        long time = START - random.nextLong(100) * DAY;
        switch (random.nextInt(8)) {
            case 0 ->
                engine.profiles()
                        .putSlot(id, source, SPACE + random.nextInt(2), vector(random), random.nextInt(9), time);
            case 1 -> engine.profiles().setConsent(id, source, random.nextInt(2), random.nextInt(3), time);
            case 2 -> engine.profiles().erase(id);
            case 3 -> engine.profiles().markSeen(id, source, random.nextInt(40), time);
            default -> engine.profiles().recordEvent(id, source, random.nextInt(40), random.nextGaussian(), time);
        }
    }

    private static byte[] image(Engine engine, long id) {
        ProfileRecord profile = profile(engine, id);
        if (profile == null) {
            return new byte[0];
        }
        byte[] image = new byte[ProfileCodec.imageLength(profile)];
        ProfileCodec.encode(profile, image, 0);
        return image;
    }

    private static String answer(Engine engine, long id) {
        Recommender recommender = engine.newRecommender();
        Recommendation request = recommender.add().forProfile(id).limit(15).excludeSeen(true);
        recommender.execute();
        StringBuilder text = new StringBuilder().append(request.flags());
        for (int rank = 0; rank < request.count(); rank++) {
            text.append(' ').append(request.itemId(rank)).append(':');
            text.append(Float.floatToRawIntBits(request.score(rank)));
        }
        return text.toString();
    }
}
