package io.magpie.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.profile.ProfileDescriptor;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import io.magpie.core.profile.SeenSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final int DIMENSION = 3;
    private static final int SPACE = 7;
    private static final long NOW = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final int RECOMMEND = ConsentPolicy.PURPOSE_RECOMMEND;
    private static final double[] NO_OVERRIDES = {Double.NaN, Double.NaN, Double.NaN};

    private static final Source BOUGHT = new Source("bought", 1, Decay.NEVER, SourceKind.OWN);
    private static final Source FRIENDS = new Source("friends", 1, Decay.NEVER, SourceKind.DERIVED);
    private static final Source TAGS = new Source("tags", 1, Decay.NEVER, SourceKind.DERIVED);

    private final float[] fused = new float[DIMENSION];

    @Test
    void shouldNormaliseEachSlotAndAddByConfidence() {
        ProfileRecord profile = profile();
        slot(profile, 0, 6, 10, 0, 0);
        slot(profile, 1, 237, 0, 5, 0);
        slot(profile, 2, 1, 0, 0, 0.5f);
        assertThat(fuse(granted(BOUGHT, FRIENDS, TAGS), profile)).isEqualTo(Fusion.USED);
        assertThat(fused).containsExactly(1, 0.25f, 0.25f);
    }

    @Test
    void shouldUseGuessesAloneWhenNothingIsKnownOfThePerson() {
        ProfileRecord profile = profile();
        slot(profile, 1, 237, 0, 5, 0);
        slot(profile, 2, 1, 0, 0, 0.5f);
        assertThat(fuse(granted(BOUGHT, FRIENDS, TAGS), profile)).isEqualTo(Fusion.USED);
        assertThat(fused).containsExactly(0, 0.5f, 0.5f);
    }

    @Test
    void shouldBoundEvidenceByWhatAllowedSourcesSawWhenItemsAreSeen() {
        ProfileRecord profile = profile();
        slot(profile, 0, 1_000, 1, 0, 0);
        slot(profile, 1, 1, 0, 1, 0);
        seen(profile, 0, 6);
        fuse(granted(BOUGHT, FRIENDS, TAGS), profile);
        assertThat(fused).containsExactly(1, 0.25f, 0);
        // What a source told of that may not be used has no say either.
        seen(profile, 2, 500);
        profile.consent(2, RECOMMEND, ProfileDescriptor.CONSENT_DENIED, NOW);
        seen(profile, 0, 6, 2, 500);
        assertThat(fuse(granted(BOUGHT, FRIENDS, TAGS), profile)).isEqualTo(Fusion.USED);
        assertThat(fused).containsExactly(1, 0.25f, 0);
    }

    @Test
    void shouldTakeASlotForOwnWhenEventsBuiltItAndForDerivedWhenItWasPutAndNothingIsSaid() {
        Fusion fusion = granted(
                new Source("a", 1, Decay.NEVER), new Source("b", 1, Decay.NEVER), new Source("c", 1, Decay.NEVER));
        ProfileRecord profile = profile();
        slot(profile, 0, 6, 1, 0, 0);
        slot(profile, 1, 6, 0, 1, 0);
        profile.markSlotPut(profile.findSlot(1, SPACE));
        fuse(fusion, profile);
        assertThat(fused).containsExactly(1, 0.25f, 0);
        profile.markSlotPut(profile.findSlot(0, SPACE));
        slot(profile, 2, 6, 0, 0, 1);
        profile.markSlotPut(profile.findSlot(2, SPACE));
        fuse(fusion, profile);
        assertThat(fused).containsExactly((float) (1 / 3.0), (float) (1 / 3.0), (float) (1 / 3.0));
    }

    @Test
    void shouldWeighTheOthersAsIfADeniedDerivedSourceWereNotConfigured() {
        Source segments = new Source("segments", 1, Decay.NEVER, SourceKind.DERIVED);
        ProfileRecord profile = profile();
        slot(profile, 0, 1, 1, 0, 0);
        slot(profile, 1, 1, 0, 1, 0);
        slot(profile, 2, 1, 0, 0, 1);
        fuse(granted(FRIENDS, TAGS, segments), profile);
        assertThat(fused).containsExactly((float) (1 / 3.0), (float) (1 / 3.0), (float) (1 / 3.0));
        profile.consent(2, RECOMMEND, ProfileDescriptor.CONSENT_DENIED, NOW);
        assertThat(fuse(granted(FRIENDS, TAGS, segments), profile)).isEqualTo(Fusion.USED | Fusion.CONSENT_REMOVED);
        assertThat(fused).containsExactly(0.5f, 0.5f, 0);
    }

    @Test
    void shouldDecayEvidenceSoThatAnOldSourceGivesWay() {
        Source ageing = new Source("bought", 1, 30 * DAY, SourceKind.OWN);
        ProfileRecord profile = profile();
        int slot = slot(profile, 0, 6, 1, 0, 0);
        slot(profile, 1, 1, 0, 1, 0);
        profile.slotTimeMillis(slot, NOW);
        fuse(granted(ageing, FRIENDS, TAGS), profile);
        assertThat(fused).containsExactly(1, 0.25f, 0);
        profile.slotTimeMillis(slot, NOW - 300 * DAY);
        fuse(granted(ageing, FRIENDS, TAGS), profile);
        assertThat(fused[0]).isEqualTo(6f / 1024);
        assertThat(fused[1]).isGreaterThan(0.499f);
    }

    @Test
    void shouldMultiplyByConfiguredWeightsAndTakeOverridesInTheirPlace() {
        Source light = new Source("bought", 0.5, Decay.NEVER, SourceKind.OWN);
        Source heavy = new Source("friends", 3, Decay.NEVER, SourceKind.DERIVED);
        ProfileRecord profile = profile();
        slot(profile, 0, 6, 1, 0, 0);
        slot(profile, 1, 1, 0, 1, 0);
        slot(profile, 2, 1, 0, 0, 1);
        Fusion fusion = granted(light, heavy, TAGS);
        fuse(fusion, profile);
        assertThat(fused).containsExactly(0.5f, 0.75f, 0.25f);
        fusion.fuse(profile, new double[] {2, Double.NaN, 0}, RECOMMEND, SPACE, NOW, fused);
        assertThat(fused).containsExactly(2, 0.75f, 0);
        // A source of weight 0 is as if it were not there: the others do not give way to it.
        int met = fusion.fuse(profile, new double[] {0, 1, 0}, RECOMMEND, SPACE, NOW, fused);
        assertThat(fused).containsExactly(0, 0.5f, 0);
        assertThat(met).isEqualTo(Fusion.USED);
        assertThat(fusion.fuse(profile, new double[3], RECOMMEND, SPACE, NOW, fused))
                .isZero();
        assertThat(fused).containsExactly(0, 0, 0);
    }

    @Test
    void shouldObeyConsentByPolicyAndPurposeAsIfTheSourceWereNotThere() {
        for (ConsentPolicy policy : ConsentPolicy.values()) {
            for (int state = ProfileDescriptor.CONSENT_UNSET; state <= ProfileDescriptor.CONSENT_DENIED; state++) {
                ProfileRecord profile = profile();
                slot(profile, 0, 50, 1, 0, 0);
                slot(profile, 1, 1, 0, 1, 0);
                profile.consent(0, RECOMMEND, state, NOW);
                profile.consent(0, ConsentPolicy.PURPOSE_AUDIENCE, 3 - Math.max(1, state), NOW);
                profile.consent(1, RECOMMEND, ProfileDescriptor.CONSENT_GRANTED, NOW);
                boolean allowed = state == ProfileDescriptor.CONSENT_GRANTED
                        || state == ProfileDescriptor.CONSENT_UNSET && policy == ConsentPolicy.UNSET_IS_GRANTED;
                int met = fuse(new Fusion(List.of(BOUGHT, FRIENDS, TAGS), policy, DIMENSION), profile);
                assertThat(met).isEqualTo(Fusion.USED | (allowed ? 0 : Fusion.CONSENT_REMOVED));
                assertThat(fused[0]).isEqualTo(allowed ? 1f : 0f);
                assertThat(fused[1] == 0.5f).isEqualTo(!allowed);
            }
        }
    }

    @Test
    void shouldLeaveOutSlotsOfAnotherSpaceAndSaySo() {
        ProfileRecord profile = profile();
        slot(profile, 1, 1, 0, 1, 0);
        int other = profile.addSlot(0, SPACE + 1);
        profile.vectors()[profile.vectorOffset(other)] = 1;
        profile.slotNorm(other, 1);
        profile.slotEvidence(other, 50);
        assertThat(fuse(granted(BOUGHT, FRIENDS, TAGS), profile)).isEqualTo(Fusion.USED | Fusion.OTHER_SPACE);
        assertThat(fused).containsExactly(0, 0.5f, 0);
    }

    @Test
    void shouldAddNothingWhenASlotIsZeroOrHasNoEvidence() {
        ProfileRecord profile = profile();
        slot(profile, 0, 50, 0, 0, 0);
        slot(profile, 1, 0, 0, 1, 0);
        Arrays.fill(fused, 9);
        assertThat(fuse(granted(BOUGHT, FRIENDS, TAGS), profile)).isZero();
        assertThat(fused).containsExactly(0, 0, 0);
        profile.clear(1);
        assertThat(fuse(granted(BOUGHT, FRIENDS, TAGS), profile)).isZero();
    }

    @Test
    void shouldStayFiniteWhenEvidenceAndNormsAreExtreme() {
        ProfileRecord profile = profile();
        slot(profile, 0, Double.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE, 0);
        slot(profile, 1, Double.MAX_VALUE, 0, 0, Float.MIN_VALUE);
        Fusion fusion = granted(BOUGHT, new Source("more", Source.MAX_WEIGHT, Decay.NEVER, SourceKind.OWN), TAGS);
        assertThat(fuse(fusion, profile)).isEqualTo(Fusion.USED);
        for (float component : fused) {
            assertThat(component).isFinite();
        }
        assertThat(fused[2]).isPositive();
    }

    @Test
    void shouldGiveTheSameBitsWhateverTheOrderInWhichSlotsWereAdded() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 200; round++) {
            float[][] vectors = new float[3][DIMENSION];
            double[] evidences = new double[3];
            for (int source = 0; source < 3; source++) {
                for (int i = 0; i < DIMENSION; i++) {
                    vectors[source][i] = (float) random.nextGaussian();
                }
                evidences[source] = random.nextDouble() * 20;
            }
            List<float[]> answers = new ArrayList<>();
            for (int[] order : new int[][] {{0, 1, 2}, {2, 1, 0}, {1, 2, 0}}) {
                ProfileRecord profile = profile();
                for (int source : order) {
                    slot(profile, source, evidences[source], vectors[source]);
                }
                fuse(granted(BOUGHT, FRIENDS, TAGS), profile);
                answers.add(fused.clone());
            }
            assertThat(answers.get(1)).isEqualTo(answers.get(0));
            assertThat(answers.get(2)).isEqualTo(answers.get(0));
        }
    }

    private int fuse(Fusion fusion, ProfileRecord profile) {
        return fusion.fuse(profile, NO_OVERRIDES, RECOMMEND, SPACE, NOW, fused);
    }

    private static Fusion granted(Source... sources) {
        return new Fusion(List.of(sources), ConsentPolicy.UNSET_IS_GRANTED, DIMENSION);
    }

    private static ProfileRecord profile() {
        ProfileRecord profile = new ProfileRecord(4, 6, DIMENSION);
        profile.clear(1);
        return profile;
    }

    private static int slot(ProfileRecord profile, int source, double evidence, float... vector) {
        int slot = profile.addSlot(source, SPACE);
        System.arraycopy(vector, 0, profile.vectors(), profile.vectorOffset(slot), DIMENSION);
        profile.slotNorm(slot, SlotUpdate.norm(vector, 0, DIMENSION));
        profile.slotEvidence(slot, evidence);
        profile.slotTimeMillis(slot, NOW);
        return slot;
    }

    /** Source and count in turn. */
    private static void seen(ProfileRecord profile, int... counts) {
        SeenSet seen = new SeenSet(2_048);
        seen.clear(1);
        for (int i = 0; i < counts.length; i += 2) {
            for (int item = 0; item < counts[i + 1]; item++) {
                seen.record(counts[i] * 10_000L + item, 1, counts[i], SeenDescriptor.KIND_SEEN);
            }
        }
        seen.record(99, 1, 0, SeenDescriptor.KIND_SHOWN);
        profile.countSeen(seen);
    }
}
