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
import static io.magpie.core.profile.ProfileDescriptor.CONSENT_DENIED;
import static io.magpie.core.profile.ProfileDescriptor.CONSENT_GRANTED;
import static io.magpie.core.profile.ProfileDescriptor.CONSENT_UNSET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.magpie.core.Outcome;
import io.magpie.core.profile.ProfileLinks;
import io.magpie.core.profile.ProfileRecord;
import io.magpie.core.profile.SeenDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IdentityDirectoryTest {
    private static final long FIRST_ALLOTTED = 1L << 63;

    private EngineFixture fixture;
    private Engine engine;
    private People people;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        fixture = new EngineFixture(directory);
        engine = fixture.open();
        people = new People(engine);
        for (int item = 1; item <= 30; item++) {
            putItem(engine, item, vector(item));
        }
    }

    @AfterEach
    void close() throws Exception {
        engine.close();
    }

    private void reopen() throws Exception {
        engine.close();
        engine = fixture.open();
        people = new People(engine);
    }

    private Person mail() {
        return people.identity(FRIENDS, "mail");
    }

    private Person card() {
        return people.identity(BOUGHT, "card");
    }

    @Test
    void shouldCreateAProfileOfItsOwnRangeWhenAnUnknownIdentityWrites() throws Exception {
        Person who = mail();
        assertThat(engine.profiles().recordEvent(who, CLICKED, 3, 1, START, 0, ProfileWriter.ANY_VERSION))
                .isEqualTo(Outcome.OK);
        assertThat(who.profileId()).isEqualTo(FIRST_ALLOTTED);
        Person other = card();
        engine.profiles().setConsent(other, BOUGHT, RECOMMEND, CONSENT_GRANTED, START, ProfileWriter.ANY_VERSION);
        assertThat(other.profileId()).isEqualTo(FIRST_ALLOTTED + 1);
        reopen();
        Person again = mail();
        assertThat(engine.profiles().putSlot(again, BOUGHT, SPACE, vector(2), 1, START, ProfileWriter.ANY_VERSION))
                .isEqualTo(Outcome.OK);
        assertThat(again.profileId()).isEqualTo(FIRST_ALLOTTED);
        ProfileRecord held = profile(engine, FIRST_ALLOTTED);
        assertThat(held.slotCount()).isEqualTo(2);
        assertThat(held.links().identityCount()).isOne();
        assertThat(held.links().identitySource(0)).isEqualTo(FRIENDS);
        assertThat(held.links().identityTimeMillis(0)).isEqualTo(START);
        assertThat(engine.statistics().state().identities()).isEqualTo(2);
    }

    @Test
    void shouldCreateNothingWhenTheFirstWriteOfAnIdentityIsRefused() {
        Person who = mail();
        assertThat(engine.profiles().recordEvent(who, CLICKED, 999, 1, START, 0, ProfileWriter.ANY_VERSION))
                .isEqualTo(Outcome.UNKNOWN_ITEM);
        assertThat(engine.statistics().state().identities()).isZero();
        assertThat(engine.statistics().state().profiles()).isZero();
        engine.profiles().recordEvent(who, CLICKED, 3, 1, START, 0, ProfileWriter.ANY_VERSION);
        assertThat(who.profileId()).isEqualTo(FIRST_ALLOTTED);
        assertThat(engine.profiles()
                        .recordEvent(people.identity(9, "x"), CLICKED, 3, 1, START, 0, ProfileWriter.ANY_VERSION))
                .isEqualTo(Outcome.UNKNOWN_SOURCE);
    }

    @Test
    void shouldNotCreateProfilesOfTheServersRangeWhenTheyAreWrittenById() {
        assertThat(engine.profiles().recordEvent(FIRST_ALLOTTED + 5, CLICKED, 3, 1, START))
                .isEqualTo(Outcome.UNKNOWN_PROFILE);
        assertThat(engine.identities()
                        .link(mail(), Person.of(FIRST_ALLOTTED + 5))
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN_PROFILE);
        assertThat(engine.profiles().recordEvent(-2, CLICKED, 3, 1, START)).isEqualTo(Outcome.OK);
        Person who = mail();
        engine.profiles().recordEvent(who, CLICKED, 3, 1, START, 0, ProfileWriter.ANY_VERSION);
        assertThat(engine.profiles().recordEvent(who.profileId(), CLICKED, 4, 1, START))
                .isEqualTo(Outcome.OK);
        engine.profiles().erase(who);
        assertThat(engine.profiles().recordEvent(FIRST_ALLOTTED, CLICKED, 4, 1, START))
                .isEqualTo(Outcome.UNKNOWN_PROFILE);
    }

    @Test
    void shouldSayUnknownWhenAnIdentityThatWasNeverWrittenIsRead() {
        Recommender recommender = engine.newRecommender();
        Recommendation request =
                recommender.add().forIdentity(0, new byte[] {1, 2}, 0, 2).limit(5);
        recommender.execute();
        assertThat(request.flags()).isEqualTo(AnswerFlag.UNKNOWN_PROFILE | AnswerFlag.FALLBACK);
        assertThat(request.profileId()).isEqualTo(Person.NOBODY);
        assertThat(engine.newExplanation().explain(mail(), 1, 1)).isEqualTo(Outcome.UNKNOWN_PROFILE);
        assertThat(engine.profiles().erase(mail()).outcome()).isEqualTo(Outcome.UNKNOWN_PROFILE);
        assertThat(engine.identities().unlink(mail()).outcome()).isEqualTo(Outcome.UNKNOWN_PROFILE);
        assertThat(engine.statistics().state().profiles()).isZero();
    }

    @Test
    void shouldLinkIdentitiesToOneProfileWhenNoneOrOneIsKnown() {
        LinkReceipt both = engine.identities().link(mail(), card());
        assertThat(both.outcome()).isEqualTo(Outcome.OK);
        assertThat(both.profileId()).isEqualTo(FIRST_ALLOTTED);
        assertThat(engine.identities()
                        .link(people.identity(CLICKED, "web"), mail())
                        .profileId())
                .isEqualTo(FIRST_ALLOTTED);
        assertThat(engine.identities()
                        .link(people.identity(CLICKED, "app"), Person.of(7))
                        .profileId())
                .isEqualTo(7);
        assertThat(profile(engine, FIRST_ALLOTTED).links().identityCount()).isEqualTo(3);
        int version = profile(engine, FIRST_ALLOTTED).version();
        assertThat(engine.identities().link(mail(), card()).outcome()).isEqualTo(Outcome.OK);
        assertThat(engine.identities().link(mail(), mail()).outcome()).isEqualTo(Outcome.OK);
        assertThat(profile(engine, FIRST_ALLOTTED).version()).isEqualTo(version);
        Person twice = people.identity(CLICKED, "twice");
        assertThat(engine.identities()
                        .link(twice, people.identity(CLICKED, "twice"))
                        .profileId())
                .isEqualTo(FIRST_ALLOTTED + 1);
        assertThat(engine.identities().link(Person.of(-1), mail()).outcome()).isEqualTo(Outcome.RESERVED_ID);
    }

    @Test
    void shouldAddDecayedSlotsWhenTwoProfilesAreMerged() {
        engine.profiles().putSlot(9, CLICKED, SPACE, vector(8), 4, START);
        engine.profiles().putSlot(9, BOUGHT, SPACE, vector(3), 1, START);
        engine.profiles().putSlot(5, CLICKED, SPACE, vector(1), 2, START + 1);
        engine.profiles().putSlot(5, CLICKED, 77, vector(6), 1, START - 3);
        fixture.clock.millis = START + 10 * DAY;
        engine.profiles().putSlot(5, CLICKED, SPACE, vector(1), 2, START + 10 * DAY);
        LinkReceipt receipt = engine.identities().link(Person.of(9), Person.of(5));
        assertThat(receipt).isEqualTo(new LinkReceipt(Outcome.OK, 5, 9, START + 10 * DAY));
        ProfileRecord merged = profile(engine, 9);
        assertThat(merged.profileId()).isEqualTo(5);
        assertThat(merged.slotCount()).isEqualTo(3);
        int clicked = merged.findSlot(CLICKED, SPACE);
        // Ten days are the half-life of the source: half of what 9 held is left.
        assertThat(merged.slotEvidence(clicked)).isCloseTo(2 + 4 * 0.5, within(1e-12));
        assertThat(merged.vectors()[merged.vectorOffset(clicked)]).isEqualTo(1 + 8 * 0.5f);
        assertThat(merged.slotNorm(clicked)).isEqualTo(5);
        assertThat(merged.slotTimeMillis(clicked)).isEqualTo(START + 10 * DAY);
        assertThat(merged.slotEvidence(merged.findSlot(BOUGHT, SPACE))).isEqualTo(1);
        assertThat(merged.slotTimeMillis(merged.findSlot(CLICKED, 77))).isEqualTo(START - 3);
        assertThat(merged.version()).isEqualTo(4);
    }

    @Test
    void shouldMergeSeenEventsAndConsentWhenTwoProfilesAreMerged() {
        engine.profiles().recordEvent(2, CLICKED, 1, 1, START - 5_000, 11);
        engine.profiles().recordEvent(2, CLICKED, 1, 1, START - 4_000, 12);
        engine.profiles().recordEvent(3, BOUGHT, 1, 1, START - 2_000, 13);
        engine.profiles().recordEvent(3, BOUGHT, 2, 1, START - 1_000, 14);
        engine.profiles().setConsent(2, BOUGHT, 0, CONSENT_GRANTED, START - 3);
        engine.profiles().setConsent(3, BOUGHT, 0, CONSENT_DENIED, START - 9);
        engine.profiles().setConsent(2, CLICKED, 0, CONSENT_UNSET, START);
        engine.profiles().setConsent(3, CLICKED, 0, CONSENT_GRANTED, START - 9);
        engine.profiles().setConsent(2, FRIENDS, 1, CONSENT_GRANTED, START - 9);
        engine.profiles().setConsent(3, FRIENDS, 1, CONSENT_GRANTED, START - 8);
        engine.identities().link(Person.of(2), Person.of(3));
        ProfileRecord merged = profile(engine, 3);
        assertThat(merged.consentState(BOUGHT, 0)).isEqualTo(CONSENT_DENIED);
        assertThat(merged.consentTimeMillis(BOUGHT, 0)).isEqualTo(START - 9);
        assertThat(merged.consentState(CLICKED, 0)).isEqualTo(CONSENT_GRANTED);
        assertThat(merged.consentTimeMillis(FRIENDS, 1)).isEqualTo(START - 8);
        assertThat(merged.seenCount(BOUGHT)).isEqualTo(2);
        assertThat(merged.seenCount(CLICKED)).isZero();
        assertThat(seen(engine, 3).count()).isEqualTo(2);
        int first = seen(engine, 2).find(1, SeenDescriptor.KIND_SEEN);
        assertThat(seen(engine, 2).count(first)).isEqualTo(3);
        assertThat(seen(engine, 2).timeSeconds(first)).isEqualTo((int) ((START - 2_000) / 1000));
        int version = merged.version();
        for (long event = 11; event <= 14; event++) {
            engine.profiles().recordEvent(3, event < 13 ? CLICKED : BOUGHT, 2, 1, START, event);
        }
        assertThat(profile(engine, 2).version()).isEqualTo(version);
    }

    @Test
    void shouldKeepTheLatestSeenItemsWhenBothSetsAreFull() {
        for (int item = 1; item <= 20; item++) {
            engine.profiles().markSeen(2, CLICKED, item, START - item * 1_000L);
            engine.profiles().markSeen(4, CLICKED, 10 + item % 20, START - 500_000L - item * 1_000L);
        }
        engine.identities().link(Person.of(4), Person.of(2));
        assertThat(seen(engine, 4).count()).isEqualTo(20);
        assertThat(seen(engine, 4).truncated()).isTrue();
        for (int item = 1; item <= 20; item++) {
            assertThat(seen(engine, 2).find(item, SeenDescriptor.KIND_SEEN)).isNotNegative();
        }
        assertThat(recommend(engine, 4, 5).profileId()).isEqualTo(2);
    }

    @Test
    void shouldNeverChainRedirectsWhenASurvivorIsMergedItself() throws Exception {
        engine.profiles().putSlot(30, BOUGHT, SPACE, vector(1), 1, START);
        engine.profiles().putSlot(20, BOUGHT, SPACE, vector(1), 1, START);
        engine.profiles().putSlot(10, BOUGHT, SPACE, vector(1), 1, START);
        engine.identities().link(mail(), Person.of(30));
        engine.identities().link(Person.of(20), Person.of(30));
        engine.identities().link(Person.of(10), mail());
        reopen();
        for (long id : new long[] {10, 20, 30}) {
            assertThat(profile(engine, id).profileId()).isEqualTo(10);
            assertThat(profile(engine, id).slotEvidence(0)).isEqualTo(3);
        }
        assertThat(profile(engine, 10).links().redirectCount()).isEqualTo(2);
        Person who = Person.of(30);
        engine.profiles().recordEvent(who, CLICKED, 3, 1, START, 0, ProfileWriter.ANY_VERSION);
        assertThat(who.profileId()).isEqualTo(10);
        assertThat(seen(engine, 20).count()).isOne();
        ErasureReceipt receipt = engine.profiles().erase(20);
        assertThat(receipt.profileId()).isEqualTo(10);
        assertThat(receipt.identities()).isOne();
        assertThat(receipt.redirects()).isEqualTo(2);
        for (long id : new long[] {10, 20, 30}) {
            assertThat(profile(engine, id)).isNull();
        }
        assertThat(engine.statistics().state().profiles()).isZero();
        assertThat(engine.statistics().state().identities()).isZero();
    }

    @Test
    void shouldStartAnEmptyProfileWhenAnIdentityIsUnlinked() {
        engine.identities().link(mail(), card());
        engine.profiles().recordEvent(mail(), CLICKED, 3, 1, START, 0, ProfileWriter.ANY_VERSION);
        Person who = mail();
        LinkReceipt receipt = engine.identities().unlink(who);
        assertThat(receipt.profileId()).isEqualTo(FIRST_ALLOTTED + 1).isEqualTo(who.profileId());
        assertThat(profile(engine, FIRST_ALLOTTED + 1).slotCount()).isZero();
        assertThat(profile(engine, FIRST_ALLOTTED).slotCount()).isOne();
        assertThat(profile(engine, FIRST_ALLOTTED).links().identityCount()).isOne();
        assertThat(engine.identities().unlink(Person.of(FIRST_ALLOTTED)).outcome())
                .isEqualTo(Outcome.OUT_OF_RANGE);
    }

    @Test
    void shouldRefuseALinkWhenAProfileHasNoRoomForIt() {
        for (int i = 0; i < ProfileLinks.MAX_IDENTITIES; i++) {
            assertThat(engine.identities()
                            .link(people.identity(0, "id" + i), Person.of(1))
                            .outcome())
                    .isEqualTo(Outcome.OK);
        }
        assertThat(engine.identities().link(mail(), Person.of(1)).outcome()).isEqualTo(Outcome.TOO_MANY_IDENTITIES);
        engine.profiles().recordEvent(mail(), CLICKED, 3, 1, START, 0, ProfileWriter.ANY_VERSION);
        assertThat(engine.identities().link(mail(), Person.of(1)).outcome()).isEqualTo(Outcome.TOO_MANY_IDENTITIES);
        assertThat(profile(engine, 1).links().identityCount()).isEqualTo(ProfileLinks.MAX_IDENTITIES);
        assertThat(profile(engine, FIRST_ALLOTTED).slotCount()).isOne();
        assertThat(seen(engine, FIRST_ALLOTTED).count()).isOne();
    }

    @Test
    void shouldCountAMemberOnceWhenAGroupNamesItBySeveralNames() {
        engine.profiles().putSlot(4, BOUGHT, SPACE, vector(1), 1, START);
        engine.profiles().putSlot(6, BOUGHT, SPACE, vector(-1), 1, START);
        engine.profiles().putSlot(9, BOUGHT, SPACE, vector(0), 1, START);
        engine.identities().link(Person.of(9), Person.of(4));
        engine.identities().link(mail(), Person.of(4));
        Recommender recommender = engine.newRecommender();
        Recommendation group = recommender.add().forGroup().limit(1);
        group.member(6);
        group.member(9);
        group.memberIdentity(FRIENDS, "mail".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 4);
        group.member(4);
        group.memberIdentity(FRIENDS, new byte[] {5}, 0, 1);
        recommender.execute();
        assertThat(group.vector()[0]).isZero();
        assertThat(group.unknownMembers()).isOne();
    }

    @Test
    @Timeout(60)
    void shouldComeToOneOutcomeWhenManyThreadsLinkTheSamePeople() throws Exception {
        int identities = 12;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int number = thread;
            done.add(threads.submit(() -> {
                People mine = new People(engine);
                for (int i = 0; i < identities; i++) {
                    int one = (i * 5 + number) % identities;
                    Person who = mine.identity(0, "id" + one);
                    assertThat(engine.profiles()
                                    .recordEvent(who, CLICKED, 1 + one, 1, START, 0, ProfileWriter.ANY_VERSION))
                            .isEqualTo(Outcome.OK);
                    assertThat(engine.identities()
                                    .link(mine.identity(0, "id" + one), mine.identity(0, "id" + (one + 1) % identities))
                                    .outcome())
                            .isEqualTo(Outcome.OK);
                }
            }));
        }
        for (Future<?> each : done) {
            each.get(30, TimeUnit.SECONDS);
        }
        threads.shutdown();
        Person one = people.identity(0, "id0");
        engine.identities().link(one, people.identity(0, "id1"));
        ProfileRecord all = profile(engine, one.profileId());
        assertThat(all.links().identityCount()).isEqualTo(identities);
        assertThat(all.slotEvidence(all.findSlot(CLICKED, SPACE))).isCloseTo(4.0 * identities, within(1e-9));
        assertThat(engine.statistics().state().profiles())
                .isEqualTo(1 + all.links().redirectCount());
        reopen();
        assertThat(profile(engine, one.profileId()).links().identityCount()).isEqualTo(identities);
    }
}
