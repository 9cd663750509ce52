package io.magpie.core.index;

import java.util.SplittableRandom;

/** Makes items and queries of every awkward kind. */
final class RandomCatalogue {
    private static final int SHAPES = 10;

    private final SplittableRandom random;
    private final int dimension;
    private final int shape;
    private final int biasShape;
    private final float[] direction;

    RandomCatalogue(long seed, int dimension) {
        random = new SplittableRandom(seed);
        this.dimension = dimension;
        shape = random.nextInt(SHAPES);
        biasShape = random.nextInt(4);
        direction = shape == 8 ? new float[dimension] : gaussian(1);
        if (shape == 8) {
            direction[0] = (float) Math.sqrt(dimension);
        }
    }

    @Override
    public String toString() {
        return "dimension=" + dimension + " shape=" + shape + " biasShape=" + biasShape;
    }

    /** Ties, one-ulp steps, zeros, one huge norm, denormals, all equal, all against the queries, small integers, near-ties along one coordinate. */
    float[] vector() {
        float[] vector;
        switch (shape) {
            case 0:
                return new float[dimension];
            case 1:
                return direction.clone();
            case 2:
                vector = direction.clone();
                int at = random.nextInt(dimension);
                vector[at] = random.nextBoolean() ? Math.nextUp(vector[at]) : Math.nextDown(vector[at]);
                return vector;
            case 3:
                return gaussian(random.nextInt(50) == 0 ? 1e15 : 1);
            case 4:
                return gaussian(1e-42);
            case 5:
                vector = gaussian(0.01);
                for (int i = 0; i < dimension; i++) {
                    vector[i] -= direction[i];
                }
                return vector;
            case 6:
                vector = new float[dimension];
                for (int i = 0; i < dimension; i++) {
                    vector[i] = random.nextInt(3) - 1;
                }
                return vector;
            case 7:
                return gaussian(Math.exp(random.nextGaussian()));
            case 8:
                if (random.nextInt(3) == 0) {
                    vector = direction.clone();
                    vector[0] *= (float) (1 + 0.003 * random.nextGaussian());
                } else {
                    vector = gaussian(1);
                    vector[0] = 0;
                }
                return vector;
            default:
                vector = gaussian(0.1 * Math.exp(0.5 * random.nextGaussian()));
                for (int i = 0; i < dimension; i++) {
                    vector[i] += (i % 3 == 0 ? 1 : 0.1f) * direction[i];
                }
                return random.nextInt(20) == 0 ? new float[dimension] : vector;
        }
    }

    /** None, some, far more than the vectors give, and one huge. */
    float bias() {
        switch (biasShape) {
            case 0:
                return 0;
            case 1:
                return (float) random.nextGaussian();
            case 2:
                return (float) (1000 + random.nextGaussian());
            default:
                return random.nextInt(30) == 0 ? -1e9f : random.nextInt(3);
        }
    }

    ItemAttributes attributes() {
        int[] tags = new int[random.nextInt(4)];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = random.nextInt(6) - 2;
        }
        if (biasShape % 2 == 0 && random.nextInt(30) > 0) {
            // In half of the catalogues a tag that nearly every item bears.
            tags = new int[] {3, tags.length};
        }
        // In a quarter of the catalogues nearly every item is hidden.
        boolean hidden = random.nextInt(20) == 0 ^ biasShape == 3;
        return new ItemAttributes(random.nextInt(5), random.nextInt(20), random.nextInt(5) > 0, hidden, tags);
    }

    void fill(ItemQuery query, long[] someIds) {
        query.clear();
        float[] vector = query.vector();
        float[] from = random.nextInt(8) == 0
                ? new float[dimension]
                : random.nextInt(4) == 0 ? direction : random.nextBoolean() ? vector() : gaussian(1);
        float sign = random.nextInt(4) == 0 ? -1 : 1;
        for (int i = 0; i < dimension; i++) {
            vector[i] = sign * from[i];
        }
        int kind = random.nextInt(5);
        query.limit(kind == 0 ? 1 : kind == 1 ? 1 + random.nextInt(50) : kind == 2 ? 100_000 : 10);
        if (random.nextBoolean()) {
            filter(query.filter(), someIds);
        }
    }

    private void filter(ItemFilter filter, long[] someIds) {
        for (int i = random.nextInt(3); i > 0; i--) {
            filter.addCategory(random.nextInt(6));
        }
        if (random.nextInt(4) == 0) {
            int from = random.nextInt(20);
            filter.priceMinorRange(from, from + random.nextInt(10));
        }
        if (random.nextInt(6) == 0) {
            filter.addTagAll(random.nextInt(6) - 2);
        }
        for (int i = random.nextInt(3); i > 1; i--) {
            filter.addTagAny(random.nextInt(6) - 2);
        }
        if (random.nextInt(4) == 0) {
            filter.addTagNone(random.nextInt(6) - 2);
        }
        filter.inStockOnly(random.nextInt(3) == 0);
        filter.hiddenToo(random.nextInt(3) == 0);
        if (someIds.length > 0 && random.nextInt(3) == 0) {
            for (int i = random.nextInt(20); i > 0; i--) {
                filter.exclude(someIds[random.nextInt(someIds.length)]);
            }
        }
        if (someIds.length > 0 && random.nextInt(8) == 0) {
            filter.includeOnly();
            for (int i = random.nextInt(20); i > 0; i--) {
                filter.include(someIds[random.nextInt(someIds.length)]);
            }
        }
    }

    private float[] gaussian(double scale) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (scale * random.nextGaussian());
        }
        return vector;
    }
}
