package io.magpie.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.magpie.client.ConsentState;
import io.magpie.client.Explanation;
import io.magpie.client.Item;
import io.magpie.client.Profile;
import io.magpie.client.ProfilePart;
import io.magpie.client.Recommendations;
import io.magpie.client.Recommendations.ScoredItem;
import io.magpie.protocol.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares answers with the model. What comes of item vectors alone has the same bits. Where something has decayed, the model
 * takes {@link StrictMath#pow} and the product a table within two units in the last place of a double, so that a component may
 * be rounded to the next float32, and then stay there: such numbers agree within {@link #TOLERANCE} of their size, or of 1.
 */
final class Comparison {
    static final double TOLERANCE = 4e-6;

    private Comparison() {}

    static void answer(Recommendations got, Answers.Answer expected, Model model, Question question) {
        assertThat(got.flags()).as("flags").isEqualTo(expected.flags());
        assertThat(got.items()).as("items, expected %s", expected.items()).hasSameSizeAs(expected.items());
        for (int i = 0; i < got.items().size(); i++) {
            item(got.items().get(i), expected.items().get(i), expected, i);
        }
        assertThat(got.catalogueVersion()).as("catalogueVersion").isEqualTo(model.live.version);
        assertThat(got.spaceId()).as("spaceId").isEqualTo(model.live.spaceId);
        assertThat(got.timeMillis()).as("timeMillis").isEqualTo(expected.timeMillis());
        assertThat(got.profileVersion()).as("profileVersion").isEqualTo(expected.profileVersion());
        assertThat(got.unknownItems()).as("unknownItems").isEqualTo(expected.unknownItems());
        assertThat(got.unknownMembers()).as("unknownMembers").isEqualTo(expected.unknownMembers());
        if (question.pins.isEmpty()
                && question.relevance == 1
                && !expected.ranked().isEmpty()) {
            assertThat(got.items())
                    .as("order")
                    .isSortedAccordingTo(Comparator.<ScoredItem>comparingDouble(each -> -each.score())
                            .thenComparing(ScoredItem::itemId, Long::compareUnsigned));
        }
    }

    private static void item(ScoredItem got, ScoredItem expected, Answers.Answer answer, int rank) {
        if (answer.isExact()) {
            assertThat(got).as("rank %d of %s", rank, answer.items()).isEqualTo(expected);
            return;
        }
        if (got.itemId() != expected.itemId()) {
            // Two scores that differ by less than rounding may have changed places; equal ones may not.
            ScoredItem instead = answer.ranked().get(got.itemId());
            assertThat(instead)
                    .as("rank %d of %s: %s", rank, answer.items(), got)
                    .isNotNull();
            assertThat(instead.score())
                    .as("rank %d of %s: %s", rank, answer.items(), got)
                    .isNotEqualTo(expected.score());
        }
        close(got.score(), expected.score(), "score of rank " + rank);
    }

    static void close(double got, double expected, String what) {
        if (Double.compare(got, expected) != 0) {
            assertThat(got).as(what).isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
        }
    }

    static void why(Explanation got, Explanation expected) {
        assertThat(got.profileId()).as("profileId").isEqualTo(expected.profileId());
        assertThat(got.flags()).as("flags").isEqualTo(expected.flags());
        assertThat(got.seenItems()).as("seenItems").isEqualTo(expected.seenItems());
        assertThat(got.goneItems()).as("goneItems").isEqualTo(expected.goneItems());
        assertThat(got.bias()).as("bias").isEqualTo(expected.bias());
        close(got.score(), expected.score(), "score");
        assertThat(got.shares()).as("shares").hasSameSizeAs(expected.shares());
        for (int s = 0; s < expected.shares().size(); s++) {
            Explanation.Share share = expected.shares().get(s);
            assertThat(got.shares().get(s).use()).as("use of source %d", s).isEqualTo(share.use());
            close(got.shares().get(s).amount(), share.amount(), "share of source " + s);
        }
        assertThat(got.catalogueVersion()).as("catalogueVersion").isEqualTo(expected.catalogueVersion());
        assertThat(got.spaceId()).as("spaceId").isEqualTo(expected.spaceId());
        assertThat(got.timeMillis()).as("timeMillis").isEqualTo(expected.timeMillis());
        assertThat(got.profileVersion()).as("profileVersion").isEqualTo(expected.profileVersion());
    }

    /** @param purpose for which it was read; -1 for none */
    static void profile(Profile got, Held expected, Model model, Set<ProfilePart> parts, int purpose) {
        assertThat(got.version()).as("version").isEqualTo(expected.version);
        boolean withVectors = parts.contains(ProfilePart.VECTORS);
        boolean withSeen = parts.contains(ProfilePart.SEEN);
        List<Held.Slot> slots = expected.slots.stream()
                .filter(each -> purpose < 0 || model.allows(expected, each.source(), purpose))
                .toList();
        List<Held.Seen> seen = expected.seen.stream()
                .filter(each -> each.source() == Held.SOURCE_ANSWER
                        || purpose < 0
                        || model.allows(expected, each.source(), purpose))
                .toList();
        slots(got.slots(), withVectors || parts.contains(ProfilePart.SLOTS) ? slots : List.of(), withVectors);
        List<Profile.Consent> consents = new ArrayList<>();
        expected.consents.forEach((key, each) -> {
            if (each.state() != ConsentState.UNSET && parts.contains(ProfilePart.CONSENTS)) {
                consents.add(new Profile.Consent(key / 8, key % 8, each.state(), each.timeMillis()));
            }
        });
        assertThat(got.consents()).as("consents").isEqualTo(consents);
        assertThat(got.seen().stream()
                        .map(each -> new Held.Seen(
                                each.itemId(), each.timeSeconds(), each.source(), each.shown(), each.count()))
                        .toList())
                .as("seen")
                .containsExactlyInAnyOrderElementsOf(withSeen ? seen : List.of());
        assertThat(got.seenTruncated()).as("seenTruncated").isEqualTo(withSeen && expected.seenTruncated);
        boolean whole = slots.size() == expected.slots.size() && (!withSeen || seen.size() == expected.seen.size());
        assertThat(got.consentRemoved()).as("consentRemoved").isEqualTo(!whole);
        assertThat(got.catalogueVersion()).as("catalogueVersion").isEqualTo(model.live.version);
        assertThat(got.spaceId()).as("spaceId").isEqualTo(model.live.spaceId);
        assertThat(got.timeMillis()).as("timeMillis").isEqualTo(model.now);
    }

    private static void slots(List<Profile.Slot> got, List<Held.Slot> expected, boolean withVectors) {
        assertThat(got).as("slots").hasSameSizeAs(expected);
        for (Held.Slot slot : expected) {
            String what = "slot of source " + slot.source() + " in space " + slot.spaceId();
            Profile.Slot held = got.stream()
                    .filter(each -> each.source() == slot.source() && each.spaceId() == slot.spaceId())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(what + " is missing"));
            assertThat(held.timeMillis()).as("time of " + what).isEqualTo(slot.timeMillis());
            close(held.evidence(), slot.evidence(), "evidence of " + what);
            close(held.norm(), slot.norm(), "norm of " + what);
            assertThat(held.vector()).as(what).hasSize(withVectors ? slot.vector().length : 0);
            for (int i = 0; i < held.vector().length; i++) {
                close(held.vector()[i], slot.vector()[i], "component " + i + " of " + what);
            }
        }
    }

    static void item(Item got, Shop shop, Model model) {
        Shop.Good good = shop.goods.get(got.itemId());
        assertThat(good).as("an item that is not there").isNotNull();
        assertThat(got)
                .isEqualTo(new Item(
                        got.itemId(),
                        (int) good.version(),
                        shop.spaceId,
                        good.vector(),
                        good.bias(),
                        good.attributes(),
                        shop.version,
                        model.now));
    }

    /** Compares what a person is told of what is held. */
    static void document(String json, long profileId, Held expected, Model model, List<String> sources) {
        Map<?, ?> document = (Map<?, ?>) parsed(json);
        assertThat(document.get("profileId")).isEqualTo(Long.toUnsignedString(profileId));
        assertThat(document.get("version")).isEqualTo(Integer.toString(expected.version));
        assertThat(document.get("liveSpaceId")).isEqualTo(Integer.toString(model.live.spaceId));
        List<Profile.Slot> slots = new ArrayList<>();
        for (Object each : (List<?>) document.get("slots")) {
            Map<?, ?> slot = (Map<?, ?>) each;
            List<?> values = (List<?>) slot.get("vector");
            float[] vector = new float[values.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = Float.parseFloat((String) values.get(i));
            }
            slots.add(new Profile.Slot(
                    sources.indexOf(slot.get("source")),
                    Integer.parseInt((String) slot.get("spaceId")),
                    Double.parseDouble((String) slot.get("evidence")),
                    Long.parseLong((String) slot.get("timeMillis")),
                    Double.parseDouble((String) slot.get("norm")),
                    vector));
        }
        slots(slots, expected.slots, true);
        assertThat((List<?>) document.get("identities")).as("identities").hasSize(expected.identities.size());
        assertThat(((List<?>) document.get("mergedProfileIds"))
                        .stream().map(Object::toString).toList())
                .as("mergedProfileIds")
                .containsExactlyInAnyOrderElementsOf(
                        expected.merged.stream().map(Long::toUnsignedString).toList());
        assertThat((List<?>) document.get("consents")).as("consents").hasSize(expected.consentCount());
        for (boolean shown : new boolean[] {false, true}) {
            List<Held.Seen> seen = new ArrayList<>();
            for (Object each : (List<?>) document.get(shown ? "shown" : "seen")) {
                Map<?, ?> entry = (Map<?, ?>) each;
                Object source = entry.get("source");
                seen.add(new Held.Seen(
                        Long.parseUnsignedLong((String) entry.get("itemId")),
                        Long.parseLong((String) entry.get("timeSeconds")),
                        "answer".equals(source) ? Held.SOURCE_ANSWER : sources.indexOf(source),
                        shown,
                        Integer.parseInt((String) entry.get("count"))));
            }
            assertThat(seen)
                    .as("seen or shown")
                    .containsExactlyInAnyOrderElementsOf(expected.seen.stream()
                            .filter(each -> each.shown() == shown)
                            .toList());
        }
        assertThat(document.get("seenTruncated")).isEqualTo(Boolean.toString(expected.seenTruncated));
        assertThat(document.get("shownTruncated")).isEqualTo(Boolean.toString(expected.shownTruncated));
        assertThat(((Map<?, ?>) document.get("eventIds")).get("hashesHeld"))
                .isEqualTo(Integer.toString(expected.events.size()));
    }

    private static Object parsed(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    /** Maps, lists, and all else as text. */
    private static Object value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                map.put(name, value(parser));
            }
            return map;
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(parser));
            }
            return list;
        }
        return parser.getText();
    }

    static void statuses(List<Status> got, List<Status> expected) {
        assertThat(got).as("statuses").isEqualTo(expected);
    }
}
