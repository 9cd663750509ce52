package io.magpie.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerCheckerTest {
    private static final KnownProfile.Slot LOADED = new KnownProfile.Slot(0, new float[] {2, 0}, 1, 0, false);
    private final KnownCatalogue items = new KnownCatalogue(
            2, new long[] {5, 6, -2, 8}, new float[] {1, 0, 1, 0, 1, 0, 0, 2}, new float[] {0, 0, 0, -1});
    private final LoadData data = new FixedData(items, 1, id -> new KnownProfile(id, List.of(LOADED), 0, Set.of(5L)));
    private final AnswerChecker checker =
            new AnswerChecker(data, new NaiveScorer(List.of(new KnownSource(1, 0, KnownSource.Kind.UNSAID))));

    private AnswerChecker.Verdict check(long version, boolean excludeSeen, float score, long... ids) {
        float[] scores = new float[ids.length];
        java.util.Arrays.fill(scores, score);
        return checker.check(List.of(new AnswerSample(1, null, ids.length, excludeSeen, version, 0, ids, scores)));
    }

    @Test
    void shouldAcceptWhenTiesAreInUnsignedOrder() {
        items.loadedAs(7);
        assertThat(check(7, false, 1, 5, 6, -2).wrong()).isZero();
        assertThat(check(7, false, 1, -2, 5, 6).wrong()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhenScoreIsOffByOneBit() {
        items.loadedAs(7);
        assertThat(check(7, false, Math.nextUp(1f), 5, 6).wrong()).isEqualTo(1);
    }

    @Test
    void shouldLeaveOutSeenWhenAsked() {
        items.loadedAs(7);
        assertThat(check(7, true, 1, 6, -2).wrong()).isZero();
        assertThat(check(7, true, 1, 5, 6).wrong()).isEqualTo(1);
    }

    @Test
    void shouldJudgeByTheVersionThatTheAnswerNamesWhenItemsChange() {
        items.loadedAs(7);
        items.changed(1, 8, true);
        items.changed(1, 9, false);
        assertThat(check(7, false, 1, 5, 6).wrong()).isZero();
        assertThat(check(8, false, 1, 5, -2).wrong()).isZero();
        assertThat(check(8, false, 1, 5, 6).wrong()).isEqualTo(1);
        assertThat(check(9, false, 1, 5, 6).wrong()).isZero();
    }

    @Test
    void shouldJudgeByWhatWasHeldThenWhenThePersonWasWrittenTo() {
        items.loadedAs(7);
        KnownProfile.Slot slot = new KnownProfile.Slot(0, new float[] {0, 3}, 1, 0, false);
        KnownProfile then = new KnownProfile(1, List.of(slot), 0, Set.of());
        AnswerSample sample = new AnswerSample(1, then, 1, false, 7, 0, new long[] {8}, new float[] {1});
        AnswerSample asLoaded = new AnswerSample(1, null, 1, false, 7, 0, new long[] {8}, new float[] {1});
        assertThat(checker.check(List.of(sample)).wrong()).isZero();
        assertThat(checker.check(List.of(asLoaded, sample)).wrong()).isEqualTo(1);
    }

    @Test
    void shouldNotJudgeWhenVersionIsNotItsOwn() {
        items.loadedAs(7);
        assertThat(check(6, false, 1, 5, 6).unknown()).isEqualTo(1);
        items.changed(1, 9, true);
        assertThat(check(7, false, 1, 5, 6).unknown())
                .as("a version was skipped")
                .isEqualTo(1);
    }
}
