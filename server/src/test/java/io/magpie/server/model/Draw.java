package io.magpie.server.model;

import io.magpie.client.ItemAttributes;
import io.magpie.client.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Random values of a kind that sequences meet often: few people, few items, equal scores, odd times. */
final class Draw {
    /** Of each source three; sources name people alike. */
    static final List<Person> IDENTITIES = IntStream.range(0, 9)
            .mapToObj(i -> Person.identity(i % 3, "p" + i / 3))
            .toList();

    private static final int PEOPLE = 7;
    private static final int ITEMS = 40;
    private static final long[] AGES = {1_000, 60_000, 3_600_000, 86_400_000, 30L * 86_400_000, 400L * 86_400_000};

    final SplittableRandom random;
    /** Whether what is drawn is sent together with other requests. */
    boolean together;

    private final Model model;

    Draw(long seed, Model model) {
        random = new SplittableRandom(seed);
        this.model = model;
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Person person() {
        return oneIn(200) ? Person.profile(-1) : oneIn(150) ? Directory.STRANGER : somebody();
    }

    /** By an id of their own, by one that the server gave or might give, or by an identity. */
    Person somebody() {
        if (oneIn(3)) {
            return IDENTITIES.get(below(IDENTITIES.size()));
        }
        if (oneIn(8)) {
            return Directory.allotted(below(model.people.given() + 1));
        }
        return Person.profile(oneIn(12) ? -2 : 1 + below(PEOPLE));
    }

    long item() {
        return oneIn(25) ? -2 - below(2) : 1 + below(ITEMS);
    }

    int source() {
        return oneIn(60) ? model.sources.size() + below(3) : below(model.sources.size());
    }

    int space() {
        int[] spaces = {1, 1, 2, 3, model.live.spaceId, model.live.spaceId, model.live.spaceId};
        return spaces[below(spaces.length)];
    }

    /** A time in the past mostly; sometimes a little ahead, seldom one that is refused. */
    long time() {
        return switch (below(oneIn(10) ? 24 : 20)) {
            case 0, 1, 2, 3, 4 -> model.now;
            case 20 -> model.now + Model.SKEW_MILLIS + 1;
            case 21 -> -1;
            case 22 -> 0xFFFF_FFFFL * 1000 + 1;
            case 23 -> 0;
            case 19 -> model.now + random.nextLong(Model.SKEW_MILLIS + 1);
            default -> model.now - random.nextLong(AGES[below(AGES.length)]);
        };
    }

    float[] vector() {
        float[] vector = new float[model.dimension];
        int kind = below(12);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = kind == 0 ? 0 : kind < 5 ? below(3) - 1 : (float) random.nextGaussian();
        }
        if (oneIn(80)) {
            vector[below(vector.length)] = Float.NaN;
        }
        return vector;
    }

    float bias() {
        return oneIn(2) ? 0 : oneIn(3) ? below(2) : (float) (0.1 * random.nextGaussian());
    }

    double strength() {
        return switch (below(12)) {
            case 0 -> -0.3;
            case 1 -> 0;
            case 2, 3 -> 2.5 * random.nextDouble();
            default -> 1;
        };
    }

    ItemAttributes attributes() {
        int[] tags = new int[below(4)];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = i * 3 + below(3);
        }
        return new ItemAttributes(below(5), below(1_000), !oneIn(5), oneIn(9), tags);
    }

    /** A version to be expected: mostly the right one. */
    int version(Person who) {
        Held person = model.people.find(who);
        int version = person == null ? 0 : person.version;
        return oneIn(3) ? Math.max(0, version + below(3) - 1) : version;
    }

    int edition() {
        int[] editions = {0, 0, 0, model.live.number, model.beside == null ? 0 : model.beside.number};
        return oneIn(30) ? model.newestEdition + 1 : editions[below(editions.length)];
    }

    /** The number of a catalogue that is there, or seldom not. */
    int number() {
        int other = model.beside == null ? model.newestEdition + 1 : model.beside.number;
        return oneIn(20) ? model.newestEdition + 1 : oneIn(6) ? model.live.number : other;
    }

    <T> List<T> list(int most, Supplier<T> one) {
        List<T> list = new ArrayList<>();
        for (int i = 1 + below(most); i > 0; i--) {
            list.add(one.get());
        }
        return list;
    }

    Question question(Question.Kind kind) {
        Question question = new Question();
        question.kind = kind;
        question.limit = oneIn(4) ? 1 + below(60) : 1 + below(12);
        subject(question);
        if (oneIn(4)) {
            filter(question);
        }
        if (oneIn(4)) {
            rules(question);
        }
        exposure(question);
        if (oneIn(6) && kind != Question.Kind.POPULAR && kind != Question.Kind.TRENDING) {
            question.context.addAll(list(3, () -> new Question.Strong(item(), strength())));
            question.contextWeight = oneIn(2) ? 0.5 : 0.25 * below(9);
        }
        if (oneIn(8)) {
            question.asOf = oneIn(15) ? model.now + 1 : model.now - random.nextLong(oneIn(15) ? 7_200_000 : 3_600_000);
        }
        if (oneIn(6)) {
            question.weights.put(below(model.sources.size()), 0.5 * below(5));
        }
        return question;
    }

    private void subject(Question question) {
        switch (question.kind) {
            case PROFILE -> question.who = person();
            case VECTOR -> {
                question.spaceId = oneIn(10) ? space() : model.live.spaceId;
                question.vector = vector();
                for (int i = 0; i < question.vector.length; i++) {
                    question.vector[i] = Float.isNaN(question.vector[i]) ? 1 : question.vector[i];
                }
            }
            case ITEMS -> question.items.addAll(list(4, () -> new Question.Strong(item(), strength())));
            case SIMILAR -> question.items.addAll(list(3, () -> new Question.Strong(item(), 1)));
            case GROUP -> question.members.addAll(list(4, this::person));
            default -> {
                // Nobody in particular.
            }
        }
    }

    private void filter(Question question) {
        question.inStockOnly = oneIn(3);
        question.hiddenToo = oneIn(3);
        if (oneIn(3)) {
            question.excluded.addAll(list(6, this::item));
        }
        if (oneIn(8)) {
            question.included = list(15, this::item);
        }
        if (oneIn(3)) {
            question.categories.addAll(list(3, () -> below(5)));
        }
        if (oneIn(3)) {
            question.priceFrom = (long) below(500);
            question.priceTo = question.priceFrom + below(600);
        }
        if (oneIn(4)) {
            question.tagsAny.addAll(list(3, () -> below(9)));
        }
        if (oneIn(8)) {
            question.tagsAll.addAll(list(2, () -> below(9)));
        }
        if (oneIn(4)) {
            question.tagsNone.addAll(list(2, () -> below(9)));
        }
    }

    private void rules(Question question) {
        question.offset = oneIn(2) ? below(20) : 0;
        question.cap = oneIn(2) ? 1 + below(4) : 0;
        if (oneIn(4) && question.isExact()) {
            question.relevance = 0.25 * below(5);
            question.pool = oneIn(2) ? 0 : 1 + below(50);
        }
        if (oneIn(3)) {
            question.boosts.addAll(list(4, () -> timed(oneIn(3) ? below(5) - 2 : random.nextGaussian())));
        }
        if (oneIn(3)) {
            question.pins.addAll(list(3, () -> timed(below(15))));
        }
    }

    private Question.Timed timed(double value) {
        long[] from = {Long.MIN_VALUE, model.now, model.now + 1, model.now - 5};
        long[] until = {Long.MAX_VALUE, model.now + 1, model.now};
        long start = from[below(oneIn(3) ? 4 : 2)];
        long end = until[below(oneIn(3) ? 3 : 2)];
        return new Question.Timed(item(), value, start, end > start ? end : Long.MAX_VALUE);
    }

    private void exposure(Question question) {
        boolean isProfile = question.kind == Question.Kind.PROFILE;
        question.excludeSeen = oneIn(3);
        if (question.excludeSeen && !isProfile && (question.kind != Question.Kind.GROUP || oneIn(3))) {
            question.seenBy = somebody();
        }
        question.seenSeconds = question.excludeSeen && oneIn(3) ? 1 + below(200_000) : 0;
        boolean isNamed = question.seenBy != null;
        if (oneIn(5) && (isProfile || isNamed || question.kind == Question.Kind.GROUP)) {
            question.shownTimes = 1 + below(4);
            question.shownSeconds = oneIn(2) ? 0 : 1 + below(200_000);
        }
        // Questions that are answered together may be answered before what the earlier of them show is recorded.
        question.recordShown = oneIn(6) && (isProfile || isNamed) && !together;
    }
}
