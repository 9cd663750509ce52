package io.magpie.load.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Made-up people with real structure, each derived from the seed and their id alone, so that nothing is held for them.
 *
 * <p>A person is of one persona (hikers, cooks, young families, ...; a few are common, most are not), leans to some of
 * its categories and to one from elsewhere, and buys at a price level of their own. The sources see this in part:
 *
 * <ul>
 *   <li>commerce has their own looks and purchases, few for most people and many for some;
 *   <li>payment sees where the money goes and how dear, so it leans to dear categories, and not which goods;
 *   <li>social is broad and noisy: the domain of the persona, what friends of another persona like, and chance.
 * </ul>
 *
 * <p>Each source lacks some people, and some people gave no consent or refused it. Immutable; thread-safe.
 */
final class RetailPeople {
    /** Names of the sources; their order gives them their numbers. */
    static final List<String> SOURCES = List.of("social", "payment", "commerce");

    static final int SOCIAL = 0;
    static final int PAYMENT = 1;
    static final int COMMERCE = 2;

    private static final long DAY_MILLIS = 24L * 3600 * 1000;

    private record Persona(String name, double share, int[] categories) {}

    private final RetailCatalogue goods;
    private final long seed;
    private final int count;
    private final List<Persona> personas = new ArrayList<>();
    private final RetailCatalogue.Item[][] bySales;
    private final double[] meanPrices;

    /** People with ids 1 to {@code count} who shop among these goods. */
    RetailPeople(RetailCatalogue goods, long seed, int count) {
        this.goods = goods;
        this.seed = seed;
        this.count = count;
        persona("young family", 0.17, "Wooden toys", "Baby care", "Board games & puzzles", "Bedding");
        persona("home maker", 0.15, "Bookshelves & storage", "Lamps", "Rugs", "Chairs & sofas", "Bedding");
        persona("home cook", 0.14, "Pots & pans", "Kitchen knives", "Tableware", "Books");
        persona("hiker", 0.12, "Hiking boots", "Backpacks", "Tents", "Sleeping bags", "Camp kitchen");
        persona("gardener", 0.11, "Garden tools", "Plants", "Garden furniture");
        persona("baker and coffee lover", 0.09, "Baking", "Coffee & tea", "Tableware");
        persona("music and photo fan", 0.08, "Headphones & speakers", "Cameras", "Books");
        persona("cyclist and runner", 0.06, "Bicycles", "Running shoes", "Yoga", "Backpacks");
        persona("reader and maker", 0.04, "Books", "Art & craft", "Coffee & tea", "Lamps");
        persona("skier", 0.025, "Skis & snowboards", "Hiking boots", "Sleeping bags");
        persona("angler", 0.015, "Fishing", "Camp kitchen", "Tents");
        bySales = new RetailCatalogue.Item[goods.categoryCount()][];
        meanPrices = new double[goods.categoryCount()];
        for (int i = 0; i < bySales.length; i++) {
            int category = i;
            bySales[i] = goods.items().stream()
                    .filter(item -> item.category() == category)
                    .sorted(Comparator.comparingDouble(item -> -item.popularity()))
                    .toArray(RetailCatalogue.Item[]::new);
            meanPrices[i] = goods.meanPriceMinor(i);
        }
    }

    private void persona(String name, double share, String... categories) {
        int[] indexes = new int[categories.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = goods.category(categories[i]);
        }
        personas.add(new Persona(name, share, indexes));
    }

    /** Returns how many people there are. */
    int count() {
        return count;
    }

    /** Makes the person of this id, from 1 to {@link #count()}; the same every time. */
    Person person(long id) {
        if (id < 1 || id > count) {
            throw new IllegalArgumentException("no such person: id=" + id + " people=" + count);
        }
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + id);
        Persona persona = pick(random);
        double[] taste = new double[goods.categoryCount()];
        for (int category : persona.categories()) {
            taste[category] += 0.15 + Math.pow(random.nextDouble(), 2);
        }
        int elsewhere = random.nextInt(goods.categoryCount());
        taste[elsewhere] += 0.4 * random.nextDouble();
        double priceLevel = Math.max(-1, Math.min(1, 0.45 * Vectors.gaussian(random)));

        boolean hasSocial = random.nextInt(100) >= 30;
        boolean hasPayment = random.nextInt(100) >= 25;
        boolean hasCommerce = random.nextInt(100) >= 12;
        Person.Slot social = social(persona, random);
        Person.Slot payment = payment(taste, priceLevel, random);
        List<Person.Event> events = events(taste, priceLevel, random);
        Person.Consent[] consents = {consent(random), consent(random), consent(random)};
        return new Person(
                id,
                persona.name(),
                ranked(taste),
                priceLevel,
                hasSocial ? social : null,
                hasPayment ? payment : null,
                hasCommerce ? events : List.of(),
                consents);
    }

    private Persona pick(SplittableRandom random) {
        double left = random.nextDouble();
        for (Persona persona : personas) {
            left -= persona.share();
            if (left < 0) {
                return persona;
            }
        }
        return personas.get(0);
    }

    private Person.Slot social(Persona persona, SplittableRandom random) {
        double[] vector = new double[RetailCatalogue.DIMENSION];
        for (int category : persona.categories()) {
            Vectors.add(vector, 0.5 / persona.categories().length, goods.domainDirection(goods.domain(category)));
            Vectors.add(vector, 0.3 / persona.categories().length, goods.categoryDirection(category));
        }
        Persona friends = pick(random);
        for (int category : friends.categories()) {
            Vectors.add(vector, 0.35 / friends.categories().length, goods.categoryDirection(category));
        }
        Vectors.normalised(vector);
        Vectors.add(vector, 0.7, Vectors.direction(random, RetailCatalogue.DIMENSION));
        double links = Math.max(1, Math.round(Math.exp(3.2 + 0.9 * Vectors.gaussian(random))));
        return new Person.Slot(Vectors.toFloats(Vectors.normalised(vector)), links, age(random, 15));
    }

    private Person.Slot payment(double[] taste, double priceLevel, SplittableRandom random) {
        double[] vector = new double[RetailCatalogue.DIMENSION];
        for (int i = 0; i < taste.length; i++) {
            if (taste[i] > 0) {
                Vectors.add(vector, taste[i] * Math.sqrt(meanPrices[i]), goods.categoryDirection(i));
            }
        }
        Vectors.normalised(vector);
        Vectors.add(vector, 0.5 * priceLevel, goods.priceDirection());
        Vectors.add(vector, 0.3, Vectors.direction(random, RetailCatalogue.DIMENSION));
        double payments = Math.max(1, Math.round(Math.exp(2.3 + 0.8 * Vectors.gaussian(random))));
        return new Person.Slot(Vectors.toFloats(Vectors.normalised(vector)), payments, age(random, 12));
    }

    private List<Person.Event> events(double[] taste, double priceLevel, SplittableRandom random) {
        int many = (int) Math.max(1, Math.min(40, Math.round(Math.exp(1.2 + 0.8 * Vectors.gaussian(random)))));
        double total = 0;
        for (double each : taste) {
            total += each;
        }
        List<Person.Event> events = new ArrayList<>(many);
        for (int i = 0; i < many; i++) {
            double left = random.nextDouble() * total;
            int category = 0;
            while (category < taste.length - 1 && (left -= taste[category]) >= 0) {
                category++;
            }
            RetailCatalogue.Item item = good(category, priceLevel, random);
            events.add(new Person.Event(item, random.nextInt(4) == 0 ? 3 : 1, age(random, 40)));
        }
        events.sort(Comparator.comparingLong(event -> -event.ageMillis()));
        return events;
    }

    /** A good near the person's price level, popular ones more often: the best of a few tries. */
    private RetailCatalogue.Item good(int category, double priceLevel, SplittableRandom random) {
        RetailCatalogue.Item[] sorted = bySales[category];
        RetailCatalogue.Item best = null;
        for (int i = 0; i < 3; i++) {
            RetailCatalogue.Item item = sorted[(int) (sorted.length * Math.pow(random.nextDouble(), 1.7))];
            if (best == null || Math.abs(item.priceLevel() - priceLevel) < Math.abs(best.priceLevel() - priceLevel)) {
                best = item;
            }
        }
        return best;
    }

    private static long age(SplittableRandom random, double meanDays) {
        return (long) (Math.min(400, -meanDays * Math.log(1 - random.nextDouble())) * DAY_MILLIS) + 60_000;
    }

    private static Person.Consent consent(SplittableRandom random) {
        int percent = random.nextInt(100);
        return percent < 84 ? Person.Consent.GRANTED : percent < 92 ? Person.Consent.DENIED : Person.Consent.UNSET;
    }

    private static int[] ranked(double[] taste) {
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < taste.length; i++) {
            if (taste[i] > 0) {
                indexes.add(i);
            }
        }
        indexes.sort(Comparator.comparingDouble(i -> -taste[i]));
        return indexes.stream().mapToInt(Integer::intValue).toArray();
    }
}
