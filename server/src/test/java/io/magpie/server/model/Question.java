package io.magpie.server.model;

import io.magpie.client.ItemAttributes;
import io.magpie.client.Person;
import io.magpie.client.RecommendRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is asked, in plain fields, and the same for the SDK. */
final class Question {
    enum Kind {
        PROFILE,
        VECTOR,
        ITEMS,
        GROUP,
        SIMILAR,
        POPULAR,
        TRENDING
    }

    record Strong(long itemId, double strength) {}

    record Timed(long itemId, double value, long from, long until) {}

    Kind kind = Kind.PROFILE;
    Person who;
    int spaceId = 1;
    float[] vector;
    final List<Strong> items = new ArrayList<>();
    final List<Person> members = new ArrayList<>();
    final List<Strong> context = new ArrayList<>();
    double contextWeight = 0.5;
    int offset;
    int limit = 10;
    long asOf;
    int cap;
    double relevance = 1;
    int pool;
    final List<Timed> boosts = new ArrayList<>();
    final List<Timed> pins = new ArrayList<>();
    boolean excludeSeen;
    /** Whose seen and shown items count where no profile is asked about; null for nobody's. */
    Person seenBy;

    int seenSeconds;
    int shownTimes;
    int shownSeconds;
    boolean recordShown;
    final List<Long> excluded = new ArrayList<>();
    List<Long> included;
    final Map<Integer, Double> weights = new LinkedHashMap<>();
    final List<Integer> categories = new ArrayList<>();
    Long priceFrom;
    long priceTo;
    final List<Integer> tagsAll = new ArrayList<>();
    final List<Integer> tagsAny = new ArrayList<>();
    final List<Integer> tagsNone = new ArrayList<>();
    boolean inStockOnly;
    boolean hiddenToo;

    /** Whether scores come without anything that decays, and are therefore the same bits. */
    boolean isExact() {
        return kind == Kind.VECTOR || kind == Kind.ITEMS || kind == Kind.SIMILAR;
    }

    /** Returns whom an answer is recorded for as shown. */
    Person shownTo() {
        return seenBy == null ? who : seenBy;
    }

    boolean passes(long itemId, ItemAttributes item) {
        Set<Integer> tags = new HashSet<>();
        Arrays.stream(item.tags()).forEach(tags::add);
        return (hiddenToo || !item.hidden())
                && (!inStockOnly || item.inStock())
                && !excluded.contains(itemId)
                && (included == null || included.contains(itemId))
                && (categories.isEmpty() || categories.contains(item.category()))
                && (priceFrom == null || item.priceMinor() >= priceFrom && item.priceMinor() <= priceTo)
                && tags.containsAll(tagsAll)
                && (tagsAny.isEmpty() || tagsAny.stream().anyMatch(tags::contains))
                && tagsNone.stream().noneMatch(tags::contains);
    }

    RecommendRequest request() {
        RecommendRequest request =
                rules(filter(subject())).limit(limit).offset(offset).asOf(asOf);
        for (Strong each : context) {
            request = request.contextItem(each.itemId(), each.strength());
        }
        request = contextWeight == 0.5 ? request : request.contextWeight(contextWeight);
        for (Map.Entry<Integer, Double> each : weights.entrySet()) {
            request = request.sourceWeight(each.getKey(), each.getValue());
        }
        return request;
    }

    private RecommendRequest subject() {
        RecommendRequest request = switch (kind) {
            case PROFILE -> RecommendRequest.forPerson(who);
            case VECTOR -> RecommendRequest.forVector(spaceId, vector);
            case ITEMS -> RecommendRequest.forItems();
            case GROUP -> RecommendRequest.forPeople(members.toArray(Person[]::new));
            case SIMILAR ->
                RecommendRequest.similarTo(
                        items.stream().mapToLong(Strong::itemId).toArray());
            case POPULAR -> RecommendRequest.popular();
            case TRENDING -> RecommendRequest.trending();
        };
        if (kind == Kind.ITEMS) {
            for (Strong each : items) {
                request = request.item(each.itemId(), each.strength());
            }
        }
        if (excludeSeen) {
            request = seenBy == null ? request.excludeSeen() : request.excludeSeenBy(seenBy);
            request = seenSeconds == 0 ? request : request.seenWithin(seenSeconds);
        }
        request = shownTimes == 0 ? request : request.capShown(shownTimes, shownSeconds);
        return recordShown ? request.recordShown() : request;
    }

    private RecommendRequest filter(RecommendRequest from) {
        RecommendRequest request = from.exclude(longs(excluded))
                .categories(ints(categories))
                .tagsAll(ints(tagsAll))
                .tagsAny(ints(tagsAny))
                .tagsNone(ints(tagsNone));
        request = included == null ? request : request.includeOnly(longs(included));
        request = priceFrom == null ? request : request.priceMinor(priceFrom, priceTo);
        request = inStockOnly ? request.inStockOnly() : request;
        return hiddenToo ? request.hiddenToo() : request;
    }

    private RecommendRequest rules(RecommendRequest from) {
        RecommendRequest request = cap == 0 ? from : from.capPerCategory(cap);
        request = relevance == 1 ? request : request.diversity(relevance, pool);
        for (Timed each : boosts) {
            request = request.boost(each.itemId(), each.value(), each.from(), each.until());
        }
        for (Timed each : pins) {
            request = request.pin(each.itemId(), (int) each.value(), each.from(), each.until());
        }
        return request;
    }

    static long[] longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static int[] ints(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}
