package io.magpie.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.client.AfterEvents;
import io.magpie.client.Event;
import io.magpie.client.Explanation;
import io.magpie.client.Item;
import io.magpie.client.Person;
import io.magpie.client.Profile;
import io.magpie.client.ProfilePart;
import io.magpie.client.Recommendations;
import io.magpie.client.Recommendations.ScoredItem;
import io.magpie.protocol.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Questions and reads, drawn at random; those that record something first, too. */
final class ReadSteps {
    private final Model model;
    private final Draw draw;
    private final WriteSteps writes;
    private final List<String> sourceNames;

    ReadSteps(Model model, Draw draw, WriteSteps writes, List<String> sourceNames) {
        this.model = model;
        this.draw = draw;
        this.writes = writes;
        this.sourceNames = sourceNames;
    }

    Step one() {
        return switch (draw.below(22)) {
            case 0, 1, 2, 3, 4 -> recommend(Question.Kind.PROFILE);
            case 5, 6 -> recommend(Question.Kind.GROUP);
            case 7 -> recommend(Question.Kind.VECTOR);
            case 8 -> recommend(Question.Kind.ITEMS);
            case 9 -> recommend(Question.Kind.SIMILAR);
            case 10 -> recommend(draw.oneIn(2) ? Question.Kind.POPULAR : Question.Kind.TRENDING);
            case 11, 12 -> score();
            case 13, 14 -> why();
            case 15, 16 -> recordAndRecommend();
            case 17, 18 -> profile();
            case 19 -> item();
            case 20 -> catalogues();
            default -> export(draw.somebody());
        };
    }

    private Step recommend(Question.Kind kind) {
        Question question = draw.question(kind);
        return new Step(
                question.request().toString(), client -> client.recommend(question.request()), () -> ask(question));
    }

    private Step.Expected ask(Question question) {
        Answers.Answer expected = Answers.of(model, question, null);
        if (expected.status() != Status.OK) {
            return Step.Expected.refused(expected.status());
        }
        return Step.Expected.answer((Recommendations got) -> compare(got, expected, question));
    }

    /** What was recorded as shown is what was answered, whose order is compared first. */
    private void compare(Recommendations got, Answers.Answer expected, Question question) {
        Comparison.answer(got, expected, model, question);
        if (question.recordShown && !got.items().isEmpty()) {
            model.show(
                    question.shownTo(),
                    got.items().stream().map(ScoredItem::itemId).toList());
        }
    }

    private Step score() {
        Question.Kind[] kinds = {
            Question.Kind.PROFILE, Question.Kind.GROUP, Question.Kind.VECTOR, Question.Kind.ITEMS, Question.Kind.SIMILAR
        };
        Question question = draw.question(kinds[draw.below(kinds.length)]);
        question.recordShown = false;
        List<Long> ids = draw.list(8, draw::item);
        return new Step(
                "score " + ids + " for " + question.request(),
                client -> client.score(question.request(), Question.longs(ids)),
                () -> {
                    Answers.Answer expected = Answers.of(model, question, ids);
                    return expected.status() == Status.OK
                            ? Step.Expected.answer(
                                    (Recommendations got) -> Comparison.answer(got, expected, model, question))
                            : Step.Expected.refused(expected.status());
                });
    }

    private Step why() {
        Question question = new Question();
        question.who = draw.person();
        if (draw.oneIn(5)) {
            question.asOf = model.now - draw.below(3_600_000);
        }
        if (draw.oneIn(4)) {
            question.weights.put(draw.below(model.sources.size()), 0.5 * draw.below(4));
        }
        long itemId = draw.item();
        int most = draw.below(6);
        return new Step(
                "why " + itemId + " for " + question.request() + " like " + most,
                client -> client.why(question.request(), itemId, most),
                () -> {
                    Object expected = Answers.why(model, question, itemId, most);
                    return expected instanceof Status status
                            ? Step.Expected.refused(status)
                            : Step.Expected.answer((Explanation got) -> Comparison.why(got, (Explanation) expected));
                });
    }

    private Step recordAndRecommend() {
        Question question = draw.question(Question.Kind.PROFILE);
        question.asOf = 0;
        question.who = draw.somebody();
        List<Event> events = draw.list(4, () -> writes.event(question.who));
        return new Step(
                "record " + events + " and " + question.request(),
                client -> client.recordAndRecommend(events, question.request()),
                () -> {
                    List<Status> statuses = events.stream()
                            .map(each -> model.recordEvent(each, Model.ANY_VERSION))
                            .toList();
                    Answers.Answer expected = Answers.of(model, question, null);
                    return Step.Expected.answer((AfterEvents got) -> {
                        assertThat(got.statuses()).isEqualTo(statuses);
                        compare(got.recommendations(), expected, question);
                    });
                });
    }

    private Step profile() {
        Person who = draw.person();
        Set<ProfilePart> parts = draw.oneIn(3) ? some() : EnumSet.allOf(ProfilePart.class);
        int purpose = draw.oneIn(2) ? -1 : draw.below(8);
        return profile(who, parts, purpose);
    }

    private Set<ProfilePart> some() {
        EnumSet<ProfilePart> parts = EnumSet.noneOf(ProfilePart.class);
        for (ProfilePart each : ProfilePart.values()) {
            if (draw.oneIn(2)) {
                parts.add(each);
            }
        }
        return parts;
    }

    Step profile(Person who, Set<ProfilePart> parts, int purpose) {
        return new Step(
                "get " + who + " " + parts + " for " + purpose,
                client -> client.getProfile(who, parts, purpose),
                () -> {
                    if (Directory.isReserved(who)) {
                        return Step.Expected.refused(Status.RESERVED_ID);
                    }
                    Held held = model.people.find(who);
                    Long profileId = model.people.id(who);
                    return Step.Expected.answer((Optional<Profile> got) -> {
                        assertThat(got.isPresent()).as("held").isEqualTo(held != null);
                        if (held != null) {
                            assertThat(got.orElseThrow().profileId())
                                    .as("profileId")
                                    .isEqualTo(profileId);
                            Comparison.profile(got.orElseThrow(), held, model, parts, purpose);
                        }
                    });
                });
    }

    private Step item() {
        int edition = draw.edition();
        return item(edition, draw.item());
    }

    Step item(int edition, long itemId) {
        return new Step(
                "get item " + itemId + " of " + edition,
                client -> client.ofEdition(edition).getItem(itemId),
                () -> {
                    Shop shop = model.shop(edition);
                    if (shop == null) {
                        return Step.Expected.refused(Status.UNKNOWN_CATALOGUE);
                    }
                    boolean held = shop.goods.containsKey(itemId);
                    return Step.Expected.answer((Optional<Item> got) -> {
                        assertThat(got.isPresent()).as("held").isEqualTo(held);
                        got.ifPresent(item -> Comparison.item(item, shop, model));
                    });
                });
    }

    Step catalogues() {
        return new Step("catalogues", client -> client.catalogues(), () -> WriteSteps.catalogues(model));
    }

    Step export(Person who) {
        return new Step("export " + who, client -> client.exportProfile(who), () -> {
            Held held = model.people.find(who);
            Long profileId = model.people.id(who);
            return Step.Expected.answer((Optional<String> got) -> {
                assertThat(got.isPresent()).as("held").isEqualTo(held != null);
                got.ifPresent(json -> Comparison.document(json, profileId, held, model, sourceNames));
            });
        });
    }
}
