package io.magpie.load.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The made data must have the structure that it claims, or the demo shows nothing. */
class RetailDataTest {
    private static final int PEOPLE = 4_000;

    private static RetailCatalogue goods;
    private static RetailPeople people;
    private static List<Person> everybody;

    @BeforeAll
    static void make() {
        goods = new RetailCatalogue(42);
        people = new RetailPeople(goods, 42, PEOPLE);
        everybody = new ArrayList<>();
        for (long id = 1; id <= PEOPLE; id++) {
            everybody.add(people.person(id));
        }
    }

    @Test
    void shouldNameThousandsOfGoodsUniquelyWhenMade() {
        Set<String> names =
                goods.items().stream().map(RetailCatalogue.Item::name).collect(Collectors.toSet());
        assertThat(goods.categoryCount()).isEqualTo(30);
        assertThat(names).hasSize(3_600);
        assertThat(names)
                .allMatch(name -> name.matches("[A-Z][\\w'-]+ [^,]+, [\\w ',’-]+(, [\\w ]+)?"), "reads as a name");
        assertThat(goods.items()).allMatch(item -> item.priceMinor() >= 90 && item.priceMinor() < 450_000);
        assertThat(new HashSet<>(
                        goods.items().stream().map(RetailCatalogue.Item::id).toList()))
                .hasSize(3_600);
    }

    @Test
    void shouldRepeatItselfWhenSeedIsTheSame() {
        RetailCatalogue again = new RetailCatalogue(42);
        assertThat(again.items().get(1234).name())
                .isEqualTo(goods.items().get(1234).name());
        assertThat(again.items().get(1234).vector())
                .isEqualTo(goods.items().get(1234).vector());
        assertThat(new RetailPeople(again, 42, 10).person(7).events().size())
                .isEqualTo(people.person(7).events().size());
        assertThat(new RetailCatalogue(43).items().get(1234).vector())
                .isNotEqualTo(goods.items().get(1234).vector());
    }

    @Test
    void shouldLieNearerToItsKindWhenItemsAreCompared() {
        double same = 0;
        double domain = 0;
        double other = 0;
        int tents = goods.category("Tents");
        int boots = goods.category("Hiking boots");
        int novels = goods.category("Books");
        for (int i = 0; i < RetailCatalogue.ITEMS_PER_CATEGORY; i++) {
            float[] tent = goods.items()
                    .get(tents * RetailCatalogue.ITEMS_PER_CATEGORY + i)
                    .vector();
            same += Vectors.cosine(goods.categoryDirection(tents), tent);
            domain += Vectors.cosine(goods.categoryDirection(boots), tent);
            other += Vectors.cosine(goods.categoryDirection(novels), tent);
        }
        assertThat(same / 120).isGreaterThan(0.6);
        assertThat(domain / 120).isBetween(0.1, 0.45);
        assertThat(Math.abs(other / 120)).isLessThan(0.2);
    }

    @Test
    void shouldHaveLogNormalPopularityWhenNormsAreMeasured() {
        double[] logs = goods.items().stream()
                .mapToDouble(item -> Math.log(Math.sqrt(Vectors.dot(doubles(item.vector()), doubles(item.vector())))))
                .sorted()
                .toArray();
        double mean = java.util.Arrays.stream(logs).average().orElseThrow();
        double variance = java.util.Arrays.stream(logs)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow();
        assertThat(mean).isEqualTo(0, within(0.02));
        assertThat(Math.sqrt(variance)).isEqualTo(RetailCatalogue.POPULARITY_SIGMA, within(0.02));
        assertThat(goods.items())
                .allMatch(item -> Math.signum(item.bias()) == Math.signum(Math.log(item.popularity())));
    }

    @Test
    void shouldLackSourcesAndConsentWhenSomePeopleDo() {
        assertThat(share(person -> person.social() == null)).isEqualTo(0.30, within(0.03));
        assertThat(share(person -> person.payment() == null)).isEqualTo(0.25, within(0.03));
        assertThat(share(person -> person.events().isEmpty())).isEqualTo(0.12, within(0.03));
        for (int source = 0; source < RetailPeople.SOURCES.size(); source++) {
            int each = source;
            assertThat(share(person -> person.consents()[each] == Person.Consent.DENIED))
                    .isEqualTo(0.08, within(0.02));
            assertThat(share(person -> person.consents()[each] == Person.Consent.UNSET))
                    .isEqualTo(0.08, within(0.02));
        }
    }

    @Test
    void shouldAgreeInPartWhenSourcesOfOnePersonAreCompared() {
        double own = 0;
        double strangers = 0;
        double socialOwn = 0;
        int count = 0;
        Person before = null;
        for (Person person : everybody) {
            if (person.social() == null
                    || person.payment() == null
                    || person.events().size() < 5) {
                continue;
            }
            double[] events = new double[RetailCatalogue.DIMENSION];
            person.events()
                    .forEach(event -> Vectors.add(
                            events, event.strength(), doubles(event.item().vector())));
            own += Vectors.cosine(events, person.payment().vector());
            socialOwn += Vectors.cosine(events, person.social().vector());
            strangers +=
                    before == null ? 0 : Vectors.cosine(events, before.payment().vector());
            before = person;
            count++;
        }
        assertThat(own / count).as("commerce and payment of one person").isBetween(0.35, 0.85);
        assertThat(socialOwn / count).as("social is broader").isBetween(0.1, own / count - 0.1);
        assertThat(strangers / count).as("two people").isLessThan(socialOwn / count);
    }

    @Test
    void shouldFollowPriceLevelWhenPaymentIsRead() {
        List<Person> paying = everybody.stream()
                .filter(person -> person.payment() != null)
                .sorted(Comparator.comparingDouble(Person::priceLevel))
                .toList();
        double cheap = dearness(paying.subList(0, paying.size() / 4));
        double dear = dearness(paying.subList(3 * paying.size() / 4, paying.size()));
        assertThat(dear - cheap).isGreaterThan(0.3);
    }

    @Test
    void shouldHaveFewEventsForMostAndManyForSomeWhenCounted() {
        int[] counts = everybody.stream()
                .filter(person -> !person.events().isEmpty())
                .mapToInt(person -> person.events().size())
                .sorted()
                .toArray();
        assertThat(counts[counts.length / 2]).isBetween(2, 5);
        assertThat(counts[counts.length * 99 / 100]).isGreaterThan(15);
        assertThat(everybody).allMatch(person -> isOldestFirst(person.events()));
    }

    @Test
    void shouldHaveCommonAndRarePersonasWhenCounted() {
        assertThat(share(person -> person.persona().equals("young family"))).isGreaterThan(0.14);
        assertThat(share(person -> person.persona().equals("angler"))).isBetween(0.005, 0.03);
    }

    private static boolean isOldestFirst(List<Person.Event> events) {
        for (int i = 1; i < events.size(); i++) {
            if (events.get(i).ageMillis() > events.get(i - 1).ageMillis()) {
                return false;
            }
        }
        return true;
    }

    private static double dearness(List<Person> some) {
        return some.stream()
                .mapToDouble(person ->
                        Vectors.cosine(goods.priceDirection(), person.payment().vector()))
                .average()
                .orElseThrow();
    }

    private static double share(java.util.function.Predicate<Person> which) {
        return everybody.stream().filter(which).count() / (double) PEOPLE;
    }

    private static double[] doubles(float[] vector) {
        double[] doubles = new double[vector.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = vector[i];
        }
        return doubles;
    }
}
