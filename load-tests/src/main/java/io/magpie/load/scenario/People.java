package io.magpie.load.scenario;

import java.util.SplittableRandom;

/** Chooses whom to ask for. Not thread-safe. */
abstract class People {
    /** Spreads neighbouring ranks over all ids; a prime, so that no two ranks share an id. */
    private static final long STRIDE = 2_654_435_761L;

    /** Returns the id of a person, 1 to the count. */
    abstract long next();

    /** Everybody alike. */
    static People uniform(int count, SplittableRandom random) {
        return new People() {
            @Override
            long next() {
                return 1 + random.nextInt(count);
            }
        };
    }

    /**
     * The one of rank r with a probability in proportion to {@code 1 / r^exponent}: a few are asked for all the time. Which
     * ones does not depend on the seed of {@code random}, so that all event loops meet at the same people.
     *
     * @param exponent above 0; 1 is the usual one
     */
    static People zipf(int count, double exponent, SplittableRandom random) {
        double[] shares = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++) {
            sum += Math.pow(rank + 1, -exponent);
            shares[rank] = sum;
        }
        double all = sum;
        return new People() {
            @Override
            long next() {
                double at = random.nextDouble() * all;
                int low = 0;
                int high = count - 1;
                while (low < high) {
                    int middle = (low + high) >>> 1;
                    if (shares[middle] < at) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                return 1 + low * STRIDE % count;
            }
        };
    }
}
