package io.magpie.server;

import static io.magpie.client.RecommendationFlag.CONSENT_REMOVED_SOURCE;
import static io.magpie.client.RecommendationFlag.FALLBACK;
import static io.magpie.client.RecommendationFlag.FILTERED_SHORT;
import static io.magpie.client.RecommendationFlag.MEMBER_LEFT_OUT;
import static io.magpie.client.RecommendationFlag.UNKNOWN_ITEM;
import static io.magpie.client.RecommendationFlag.UNKNOWN_PROFILE;
import static io.magpie.server.TestServers.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.ConsentState;
import io.magpie.client.ConsentUpdate;
import io.magpie.client.Event;
import io.magpie.client.ItemAttributes;
import io.magpie.client.ItemUpdate;
import io.magpie.client.MagpieClient;
import io.magpie.client.Person;
import io.magpie.client.RecommendRequest;
import io.magpie.client.RecommendationFlag;
import io.magpie.client.Recommendations;
import io.magpie.client.SlotUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every verb that answers with items says of its answer, verb by verb. Deadlines: {@code DeadlineTest}. */
@Timeout(120)
class AnswerFlagsTest {
    private static final int SOCIAL = 0;
    private static final int COMMERCE = 2;
    private static final int ITEMS = 20;
    private static final int LIMIT = 3;
    private static final long UNKNOWN = 999_999;
    private static final int NO_CATEGORY = 99;

    private static MagpieServer server;
    private static MagpieClient client;

    /** A way of asking. */
    private enum Ask {
        PROFILE,
        IDENTITY,
        GROUP,
        RECORD_AND_RECOMMEND,
        SCORE,
        ITEMS,
        VECTOR,
        SIMILAR,
        POPULAR,
        TRENDING;

        /** Returns whether the answer is made of somebody's profile. */
        boolean isOfAPerson() {
            return ordinal() <= SCORE.ordinal();
        }
    }

    /** Somebody of whom something is to be said. */
    private enum Subject {
        FINE(50),
        PARTLY_DENIED(51),
        DENIED(52),
        UNKNOWN(53);

        private final long id;

        Subject(long id) {
            this.id = id;
        }

        Person named(Ask ask) {
            return ask == Ask.IDENTITY ? Person.identity(COMMERCE, "person-" + id) : Person.profile(id);
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = TestServers.start(directory);
        client = MagpieClient.builder("127.0.0.1", server.address().getPort())
                .connections(1)
                .requestTimeout(Duration.ofSeconds(20))
                .connect();
        List<ItemUpdate> items = new ArrayList<>();
        for (int i = 1; i <= ITEMS; i++) {
            items.add(new ItemUpdate(i, vector(i % 4), new ItemAttributes(3, 100, true, false)));
        }
        client.putItems(1, items);
        long now = System.currentTimeMillis();
        for (Subject subject : Subject.values()) {
            for (Ask ask : List.of(Ask.PROFILE, Ask.IDENTITY)) {
                if (subject == Subject.UNKNOWN) {
                    continue;
                }
                Person who = subject.named(ask);
                client.putSlots(List.of(new SlotUpdate(who, SOCIAL, 1, vector(0), 3, now)));
                if (subject != Subject.DENIED) {
                    client.putSlots(List.of(new SlotUpdate(who, COMMERCE, 1, vector(1), 3, now)));
                }
                if (subject != Subject.FINE) {
                    client.setConsent(new ConsentUpdate(who, SOCIAL, 0, ConsentState.DENIED, now));
                }
            }
        }
        // As many popular items as are asked for, whatever people here are going to do with the last item.
        for (int i = 1; i <= LIMIT; i++) {
            client.recordEvent(new Event(1, COMMERCE, i, 1, now));
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static Recommendations ask(Ask ask, Subject subject, UnaryOperator<RecommendRequest> more) {
        Person who = subject.named(ask);
        RecommendRequest request = more.apply(
                switch (ask) {
                    case PROFILE, IDENTITY, SCORE, RECORD_AND_RECOMMEND -> RecommendRequest.forPerson(who);
                    case GROUP -> RecommendRequest.forPeople(who, Subject.FINE.named(Ask.IDENTITY));
                    case ITEMS -> RecommendRequest.forItems(1, 2).excludeSeenBy(who);
                    case VECTOR -> RecommendRequest.forVector(1, vector(0)).excludeSeenBy(who);
                    case SIMILAR -> RecommendRequest.similarTo(1).excludeSeenBy(who);
                    case POPULAR -> RecommendRequest.popular().excludeSeenBy(who);
                    case TRENDING -> RecommendRequest.trending().excludeSeenBy(who);
                });
        return switch (ask) {
            case SCORE -> client.score(request, 1, 2);
            case RECORD_AND_RECOMMEND ->
                client.recordAndRecommend(
                                List.of(new Event(who, SOCIAL, ITEMS, 1, System.currentTimeMillis())),
                                request.limit(LIMIT))
                        .recommendations();
            default -> client.recommend(request.limit(LIMIT));
        };
    }

    private static void says(Ask ask, Subject subject, RecommendationFlag... flags) {
        says(ask, subject, UnaryOperator.identity(), flags);
    }

    private static void says(
            Ask ask, Subject subject, UnaryOperator<RecommendRequest> more, RecommendationFlag... flags) {
        assertThat(ask(ask, subject, more).flags()).as("%s %s", ask, subject).isEqualTo(Set.of(flags));
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayNothingWhenNothingIsSpecial(Ask ask) {
        says(ask, Subject.FINE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayUnknownProfileWhoeverIsNamed(Ask ask) {
        switch (ask) {
            case PROFILE, IDENTITY, SCORE -> says(ask, Subject.UNKNOWN, UNKNOWN_PROFILE, FALLBACK);
            case RECORD_AND_RECOMMEND -> {
                says(ask, Subject.UNKNOWN); // the event has made the profile
                client.eraseProfile(Subject.UNKNOWN.id);
            }
            default -> says(ask, Subject.UNKNOWN, UNKNOWN_PROFILE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhenConsentRemovedASource(Ask ask) {
        if (ask.isOfAPerson()) {
            says(ask, Subject.PARTLY_DENIED, CONSENT_REMOVED_SOURCE);
        } else {
            says(ask, Subject.PARTLY_DENIED); // no source of that person has a part in it
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayFallbackWhenNothingOfThePersonMayBeUsed(Ask ask) {
        if (ask == Ask.GROUP) {
            says(ask, Subject.DENIED, CONSENT_REMOVED_SOURCE, MEMBER_LEFT_OUT);
        } else if (ask.isOfAPerson()) {
            says(ask, Subject.DENIED, CONSENT_REMOVED_SOURCE, FALLBACK);
        } else {
            says(ask, Subject.DENIED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayFilteredShortWhenTheFilterLeavesTooFew(Ask ask) {
        UnaryOperator<RecommendRequest> none = request -> request.categories(NO_CATEGORY);
        if (ask == Ask.SCORE) {
            says(ask, Subject.FINE, none); // filters do not hold for given items
        } else {
            says(ask, Subject.FINE, none, FILTERED_SHORT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayUnknownItemWhereItemsAreNamed(Ask ask) {
        switch (ask) {
            case SCORE ->
                assertThat(client.score(RecommendRequest.forProfile(Subject.FINE.id), 1, UNKNOWN)
                                .flags())
                        .containsExactly(UNKNOWN_ITEM);
            case ITEMS -> {
                assertThat(client.recommend(RecommendRequest.forItems(1, UNKNOWN))
                                .flags())
                        .containsExactly(UNKNOWN_ITEM);
                assertThat(client.recommend(RecommendRequest.forItems(UNKNOWN)).flags())
                        .contains(UNKNOWN_ITEM, FALLBACK);
            }
            case SIMILAR ->
                assertThat(client.recommend(RecommendRequest.similarTo(1, UNKNOWN))
                                .flags())
                        .containsExactly(UNKNOWN_ITEM);
            case POPULAR, TRENDING -> assertThat(ask.isOfAPerson()).isFalse(); // take no items
            default -> says(ask, Subject.FINE, request -> request.context(UNKNOWN), UNKNOWN_ITEM);
        }
    }
}
