package io.magpie.load.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Made-up goods with real structure: 30 categories in eight domains, and vectors whose directions mean something.
 *
 * <p>An item's direction is that of its kind (a dome tent is near other dome tents, then near tents, then near all that
 * is for outdoors), plus one shared direction for how dear it is, plus some noise of its own; its norm is its
 * popularity, log-normal, as matrix factorisation makes it. The same seed gives the same goods. Immutable; thread-safe.
 */
final class RetailCatalogue {
    /** Components of every vector. */
    static final int DIMENSION = 64;

    /** Goods in each category. */
    static final int ITEMS_PER_CATEGORY = 120;

    /** The spread of the logarithm of popularity. */
    static final double POPULARITY_SIGMA = 0.25;

    static final int TAG_NEW = 1;
    static final int TAG_SALE = 2;
    static final int TAG_BESTSELLER = 3;
    static final int TAG_GIFT = 4;

    /**
     * One good.
     *
     * @param id         what the server knows it by: (category + 1) x 1000 + its number in the category
     * @param name       unique
     * @param category   index of its category
     * @param priceMinor price in cents
     * @param priceLevel how dear it is among its kind, -1 to 1
     * @param popularity the norm of its vector; the median good has 1
     * @param vector     float32[64], owned by the item, not to be changed
     * @param bias       added to every score
     * @param tags       see the constants of this class
     * @param inStock    whether it can be sold now
     */
    record Item(
            long id,
            String name,
            int category,
            long priceMinor,
            double priceLevel,
            double popularity,
            float[] vector,
            float bias,
            int[] tags,
            boolean inStock) {}

    private final List<GoodsWords.Category> categories = GoodsWords.read();
    private final Map<String, double[]> domainDirections = new HashMap<>();
    private final double[][] categoryDirections;
    private final double[] priceDirection;
    private final List<Item> items = new ArrayList<>();
    private final Map<Long, Item> byId = new HashMap<>();

    /** Makes the goods of this seed. */
    RetailCatalogue(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        priceDirection = Vectors.direction(random, DIMENSION);
        categoryDirections = new double[categories.size()][];
        for (int i = 0; i < categories.size(); i++) {
            double[] domain = domainDirections.computeIfAbsent(
                    categories.get(i).domain(), any -> Vectors.direction(random, DIMENSION));
            categoryDirections[i] = near(domain, 0.55, random);
        }
        for (int i = 0; i < categories.size(); i++) {
            fill(i, random);
        }
        items.forEach(item -> byId.put(item.id(), item));
    }

    private void fill(int category, SplittableRandom random) {
        GoodsWords.Category words = categories.get(category);
        double[][] headDirections = new double[words.heads().size()][];
        for (int i = 0; i < headDirections.length; i++) {
            headDirections[i] = near(categoryDirections[category], 0.8, random);
        }
        Set<Integer> used = new HashSet<>();
        while (used.size() < ITEMS_PER_CATEGORY) {
            int combination = random.nextInt(words.combinations());
            if (used.add(combination)) {
                items.add(item(category, used.size(), combination, headDirections, random));
            }
        }
    }

    private Item item(int category, int number, int combination, double[][] headDirections, SplittableRandom random) {
        GoodsWords.Category words = categories.get(category);
        int head = combination % words.heads().size();
        int rest = combination / words.heads().size();
        int qualifier = rest % words.qualifiers().size();
        String variant = words.variants().get(rest / words.qualifiers().size());

        double ladder = 2.0 * qualifier / (words.qualifiers().size() - 1) - 1;
        double level = Math.max(-1, Math.min(1, ladder + 0.15 * Vectors.gaussian(random)));
        double popularity = Math.exp(POPULARITY_SIGMA * Vectors.gaussian(random));
        double[] vector = headDirections[head].clone();
        Vectors.add(vector, 0.3 * level, priceDirection);
        Vectors.add(vector, 0.35, Vectors.direction(random, DIMENSION));
        Vectors.normalised(vector);
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] *= popularity;
        }
        float bias = (float) (0.05 * Math.log(popularity));
        return new Item(
                1000L * (category + 1) + number,
                words.qualifiers().get(qualifier) + " " + words.heads().get(head) + ", " + variant,
                category,
                price(words, level, random),
                level,
                popularity,
                Vectors.toFloats(vector),
                bias,
                tags(popularity, random),
                random.nextInt(100) >= 6);
    }

    /** Prices grow by factors along the ladder, and end on 90 or 00 cents as prices do. */
    private static long price(GoodsWords.Category words, double level, SplittableRandom random) {
        double share = (level + 1) / 2;
        double euros = words.eurosFrom() * Math.pow((double) words.eurosTo() / words.eurosFrom(), share);
        euros *= 1 + 0.08 * (random.nextDouble() - 0.5);
        long whole = Math.max(1, Math.round(euros));
        return whole >= 60 ? whole * 100 : whole * 100 - 10;
    }

    private static int[] tags(double popularity, SplittableRandom random) {
        int[] tags = new int[4];
        int count = 0;
        if (random.nextInt(100) < 10) {
            tags[count++] = TAG_NEW;
        }
        if (random.nextInt(100) < 15) {
            tags[count++] = TAG_SALE;
        }
        if (popularity > Math.exp(1.3 * POPULARITY_SIGMA)) {
            tags[count++] = TAG_BESTSELLER;
        }
        if (random.nextInt(100) < 20) {
            tags[count++] = TAG_GIFT;
        }
        return java.util.Arrays.copyOf(tags, count);
    }

    /** Returns a unit vector whose cosine with the unit vector {@code centre} is about {@code cosine}. */
    private static double[] near(double[] centre, double cosine, SplittableRandom random) {
        double[] vector = new double[DIMENSION];
        Vectors.add(vector, cosine, centre);
        Vectors.add(vector, Math.sqrt(1 - cosine * cosine), Vectors.direction(random, DIMENSION));
        return Vectors.normalised(vector);
    }

    /** Returns all goods, category by category. */
    List<Item> items() {
        return items;
    }

    /** Returns the good of this id, or null. */
    Item byId(long id) {
        return byId.get(id);
    }

    /** Returns how many categories there are. */
    int categoryCount() {
        return categories.size();
    }

    /** Returns the name of a category. */
    String categoryName(int category) {
        return categories.get(category).name();
    }

    /** Returns the index of the category of this name. */
    int category(String name) {
        for (int i = 0; i < categories.size(); i++) {
            if (categories.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("goods.txt has no such category: name=" + name);
    }

    /** Returns the domain that a category belongs to. */
    String domain(int category) {
        return categories.get(category).domain();
    }

    /** Returns the unit direction of a category; not to be changed. */
    double[] categoryDirection(int category) {
        return categoryDirections[category];
    }

    /** Returns the unit direction of a domain; not to be changed. */
    double[] domainDirection(String domain) {
        return domainDirections.get(domain);
    }

    /** Returns the unit direction in which dear goods lie; not to be changed. */
    double[] priceDirection() {
        return priceDirection;
    }

    /** Returns the mean price of a category in cents. */
    double meanPriceMinor(int category) {
        return items.subList(category * ITEMS_PER_CATEGORY, (category + 1) * ITEMS_PER_CATEGORY).stream()
                .mapToLong(Item::priceMinor)
                .average()
                .orElse(0);
    }
}
