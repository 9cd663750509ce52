package io.magpie.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.Outcome;
import io.magpie.core.index.ItemAttributes;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import io.magpie.core.store.StateStoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExposureTest {
    private static final int SPACE = VerbFixture.SPACE;
    private static final int ITEMS = 30;
    private static final long PERSON = 7;
    private static final long DAY_SECONDS = 86_400;

    private final VerbFixture fixture = new VerbFixture();
    private Recommender recommender;

    @BeforeEach
    void fill() {
        for (long item = 1; item <= ITEMS; item++) {
            float[] vector = {1 - item / 100f, 0, 0, 0, 0};
            fixture.engine.items().put(item, SPACE, vector, 0, ItemAttributes.NONE);
        }
        fixture.engine.profiles().putSlot(PERSON, 0, SPACE, new float[] {1, 0, 0, 0, 0}, 1, fixture.now());
        recommender = fixture.engine.newRecommender();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void shouldTurnToOtherItemsWhenThoseShownHaveReachedTheCap() throws StateStoreException {
        assertThat(ids(shown(2).limit(3))).containsExactly(1L, 2L, 3L);
        assertThat(ids(shown(2).limit(3))).containsExactly(1L, 2L, 3L);
        assertThat(ids(shown(2).limit(3))).containsExactly(4L, 5L, 6L);
        assertThat(ids(capped(1).limit(3))).containsExactly(7L, 8L, 9L);
        assertThat(ids(capped(2).limit(3))).containsExactly(4L, 5L, 6L);
        fixture.restart();
        recommender = fixture.engine.newRecommender();
        assertThat(ids(capped(1).limit(3))).containsExactly(7L, 8L, 9L);
    }

    @Test
    void shouldForgetShowingsWhenTheWindowHasPassedThem() {
        ids(shown(1).limit(2));
        fixture.advance(DAY_SECONDS * 1_000 - 1_000);
        assertThat(ids(capped(1).limit(2))).containsExactly(3L, 4L);
        fixture.advance(1_000);
        assertThat(ids(capped(1).limit(2))).containsExactly(1L, 2L);
        Recommendation forever = request().limit(2);
        forever.capShown(1, 0);
        assertThat(ids(forever)).containsExactly(3L, 4L);
    }

    @Test
    void shouldCountEachShowingByItsOwnTimeWhenComparedWithAPlainList() {
        Random random = new Random(11);
        List<long[]> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            long item = 1 + random.nextInt(ITEMS);
            long back = random.nextInt(5_000_000);
            all.add(new long[] {item, (fixture.now() - back * 1_000) / 1_000});
            fixture.engine.profiles().markShown(PERSON, 1, new long[] {item}, 1, fixture.now() - back * 1_000);
        }
        for (int times = 1; times <= SeenDescriptor.SHOWINGS_PER_ITEM; times++) {
            for (long window : new long[] {1, 10_000, 300_000, 2_000_000, 5_000_000, 0}) {
                Map<Long, Integer> counts = new HashMap<>();
                long from = window == 0 ? 0 : fixture.now() / 1_000 - window + 1;
                all.stream().filter(each -> each[1] >= from).forEach(each -> counts.merge(each[0], 1, Integer::sum));
                int most = times;
                Recommendation request = request().limit(ITEMS);
                assertThat(request.capShown(times, window)).isEqualTo(Outcome.OK);
                assertThat(ids(request))
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, ITEMS)
                                .filter(item -> counts.getOrDefault(item, 0) < most)
                                .boxed()
                                .toList());
                assertThat(request.flags() & AnswerFlag.SHOWN_TRUNCATED).isZero();
            }
        }
    }

    @Test
    void shouldSayThatShowingsAreForgottenAndKeepSeenOnesWhenTheSetIsFull() {
        SeenSet seen = new SeenSet(40);
        seen.clear(PERSON);
        for (int i = 0; i < 35; i++) {
            seen.record(i, 1_000 + i, 0, SeenDescriptor.KIND_SEEN);
        }
        for (int i = 0; i < 9; i++) {
            seen.record(100 + i, 2_000 + i, 0, SeenDescriptor.KIND_SHOWN);
        }
        assertThat(seen.truncated()).isTrue();
        assertThat(seen.shownTruncated()).isFalse();
        for (int i = 0; i < 50; i++) {
            seen.record(200 + i, 3_000 + i, 0, SeenDescriptor.KIND_SHOWN);
        }
        assertThat(seen.shownTruncated()).isTrue();
        int shown = 0;
        for (int i = 0; i < seen.count(); i++) {
            shown += seen.kind(i) == SeenDescriptor.KIND_SHOWN ? 1 : 0;
        }
        assertThat(shown).isEqualTo(10);
        assertThat(seen.find(34, SeenDescriptor.KIND_SEEN)).isNotNegative();
        assertThat(seen.find(249, SeenDescriptor.KIND_SHOWN)).isNotNegative();
    }

    @Test
    void shouldKeepLaterPagesWhenTheFirstWasRecordedAsShown() {
        Recommendation first = shown(1).limit(3);
        assertThat(ids(first)).containsExactly(1L, 2L, 3L);
        long asOf = first.timeMillis();
        fixture.advance(5_000);
        Recommendation second = capped(1).limit(3);
        second.asOfMillis(asOf);
        second.rules().offset(3);
        assertThat(ids(second)).containsExactly(4L, 5L, 6L);
    }

    @Test
    void shouldCountSeenItemsAsUnseenWhenTheyHaveExpired() {
        fixture.engine.profiles().markSeen(PERSON, 0, 1, fixture.now());
        fixture.advance(10_000);
        fixture.engine.profiles().markSeen(PERSON, 0, 2, fixture.now());
        assertThat(ids(request().limit(2).excludeSeen(true))).containsExactly(3L, 4L);
        assertThat(ids(request().limit(2).excludeSeen(true).seenSeconds(10))).containsExactly(1L, 3L);
        assertThat(ids(request().limit(2).excludeSeen(true).seenSeconds(11))).containsExactly(3L, 4L);
    }

    @Test
    void shouldCreateAProfileAndSayWhatWasRefusedWhenAnAnswerIsRecordedAsShown() {
        Recommendation stranger = recommender.add().forProfile(99).limit(2).recordShownTo(99);
        recommender.execute();
        assertThat(stranger.flags()).isEqualTo(AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
        assertThat(stranger.shownOutcome()).isEqualTo(Outcome.OK);
        SeenSet seen = fixture.engine.newSeenSet();
        assertThat(fixture.engine.newReader().readSeen(99, seen)).isTrue();
        assertThat(seen.count()).isEqualTo(2);
        assertThat(seen.source(0)).isEqualTo(SeenDescriptor.SOURCE_ANSWER);
        recommender.clear();
        Recommendation reserved = recommender.add().forProfile(PERSON).limit(2).recordShownTo(-1);
        recommender.execute();
        assertThat(reserved.flags()).isEqualTo(AnswerFlag.SHOWN_NOT_RECORDED);
        assertThat(reserved.shownOutcome()).isEqualTo(Outcome.RESERVED_ID);
        assertThat(request().capShown(9, 0)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request().capShown(0, 0)).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(request().capShown(1, -1)).isEqualTo(Outcome.OUT_OF_RANGE);
    }

    @Test
    void shouldChangeAProfileOnlyWhenItIsOfTheExpectedVersion() {
        ProfileWriter profiles = fixture.engine.profiles();
        float[] vector = {0, 1, 0, 0, 0};
        assertThat(profiles.putSlot(Person.of(50), 0, SPACE, vector, 1, fixture.now(), 1))
                .isEqualTo(Outcome.VERSION_CONFLICT);
        assertThat(profiles.putSlot(Person.of(50), 0, SPACE, vector, 1, fixture.now(), 0))
                .isEqualTo(Outcome.OK);
        assertThat(profiles.putSlot(Person.of(50), 0, SPACE, vector, 1, fixture.now(), 0))
                .isEqualTo(Outcome.VERSION_CONFLICT);
        assertThat(profiles.recordEvent(Person.of(50), 0, 1, 1, fixture.now(), 5, 1))
                .isEqualTo(Outcome.OK);
        // A repeat of what was applied is no conflict.
        assertThat(profiles.recordEvent(Person.of(50), 0, 1, 1, fixture.now(), 5, 1))
                .isEqualTo(Outcome.OK);
        assertThat(profiles.recordEvent(Person.of(50), 0, 1, 1, fixture.now(), 6, 1))
                .isEqualTo(Outcome.VERSION_CONFLICT);
        assertThat(profiles.setConsent(Person.of(50), 0, 0, 1, fixture.now(), 1))
                .isEqualTo(Outcome.VERSION_CONFLICT);
        assertThat(profiles.setConsent(Person.of(50), 0, 0, 1, fixture.now(), 2))
                .isEqualTo(Outcome.OK);
    }

    private Recommendation request() {
        recommender.clear();
        return recommender.add().forProfile(PERSON);
    }

    private Recommendation capped(int times) {
        Recommendation request = request();
        request.capShown(times, DAY_SECONDS);
        return request;
    }

    private Recommendation shown(int times) {
        return capped(times).recordShownTo(PERSON);
    }

    private List<Long> ids(Recommendation request) {
        recommender.execute();
        assertThat(request.outcome()).isEqualTo(Outcome.OK);
        return LongStream.range(0, request.count())
                .map(rank -> request.itemId((int) rank))
                .boxed()
                .toList();
    }
}
