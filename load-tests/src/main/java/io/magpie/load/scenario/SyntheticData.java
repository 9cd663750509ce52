package io.magpie.load.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Made data. The same arguments give the same data, on any machine. Immutable; thread-safe.
 *
 * <p>Items have ids from 0, people from 1. People are not held: each is made from the seed and the id.
 */
public final class SyntheticData implements LoadData {
    /** What the vectors are like. */
    public enum Shape {
        /** As matrix factorisation gives them: of low rank, in clusters, norms log-normal with a variation of about 0.53. */
        FRIENDLY,
        /** Of length 1, in all directions alike: no search can leave much out, so that a question is dear. */
        HARD
    }

    /** How many sources every person has: {@link #SOURCE_NAMES}. */
    public static final int SOURCES = 3;

    /** Names of the sources, in the order of their numbers. */
    public static final List<String> SOURCE_NAMES = List.of("social", "payment", "commerce");

    /** When every slot had its last event: sources should not fade, so that answers can be checked to the last bit. */
    static final long SLOT_TIME_MILLIS = 1_700_000_000_000L;

    /** Spread of the logarithm of norms; the variation of norms is then 0.53. */
    private static final double NORM_SIGMA = 0.5;

    private static final int CLUSTERS = 64;
    private static final double CLUSTER_SPREAD = 0.6;
    private static final int CATEGORIES = 50;
    /**
     * Most seen items that are kept of each person. A quarter of them is written to all the time: so in minutes they have all
     * that is kept, and the oldest give way, as in a server that has run for long; and the usual room is enough for them.
     */
    private static final int SEEN = 256;

    private final Shape shape;
    private final long seed;
    private final int dimension;
    private final int rank;
    private final int profileCount;
    private final double[][] basis;
    private final double[][] clusters;
    private final KnownCatalogue catalogue;

    /**
     * @param items     at least 1
     * @param profiles  at least 1
     * @param dimension of every vector
     */
    public SyntheticData(long seed, int items, int profiles, int dimension) {
        this(Shape.FRIENDLY, seed, items, profiles, dimension);
    }

    /**
     * @param items     at least 1
     * @param profiles  at least 1
     * @param dimension of every vector
     */
    public SyntheticData(Shape shape, long seed, int items, int profiles, int dimension) {
        this.shape = shape;
        this.seed = seed;
        this.dimension = dimension;
        this.rank = Math.max(1, dimension / 4);
        this.profileCount = profiles;
        SplittableRandom random = new SplittableRandom(seed);
        basis = new double[rank][];
        for (int i = 0; i < rank; i++) {
            // Later directions carry less, as in real factors.
            basis[i] = gaussians(random, dimension, 1.0 / Math.sqrt(1 + i));
        }
        clusters = new double[CLUSTERS][];
        for (int i = 0; i < CLUSTERS; i++) {
            clusters[i] = gaussians(random, rank, 1);
        }
        catalogue = items(random, items);
    }

    private KnownCatalogue items(SplittableRandom random, int count) {
        long[] ids = new long[count];
        float[] vectors = new float[count * dimension];
        float[] biases = new float[count];
        for (int row = 0; row < count; row++) {
            ids[row] = row;
            double[] vector = direction(random, clusters[random.nextInt(CLUSTERS)]);
            double norm = shape == Shape.HARD ? 1 : Math.exp(NORM_SIGMA * gaussian(random));
            for (int i = 0; i < dimension; i++) {
                vectors[row * dimension + i] = (float) (norm * vector[i]);
            }
            biases[row] = (float) (0.02 * gaussian(random));
        }
        return new KnownCatalogue(dimension, ids, vectors, biases);
    }

    /** A unit vector: near a cluster, with a little of everything besides, or anywhere. */
    private double[] direction(SplittableRandom random, double[] cluster) {
        double[] vector = gaussians(random, dimension, 0.1);
        for (int r = 0; shape == Shape.FRIENDLY && r < rank; r++) {
            double weight = cluster[r] + CLUSTER_SPREAD * gaussian(random);
            for (int i = 0; i < dimension; i++) {
                vector[i] += weight * basis[r][i];
            }
        }
        double squares = 0;
        for (double each : vector) {
            squares += each * each;
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < dimension; i++) {
            vector[i] /= norm;
        }
        return vector;
    }

    /** Returns how a server is started that can take this data: sources that do not fade, and room for it. */
    public List<String> serverArguments() {
        return List.of(
                "--dimension",
                Integer.toString(dimension),
                "--sources",
                String.join(":1:never,", SOURCE_NAMES) + ":1:never",
                "--set",
                "store.profiles=" + Math.max(10_000, profileCount),
                "--set",
                "store.items=" + Math.max(10_000, catalogue.size()),
                "--set",
                "store.seen=" + SEEN);
    }

    @Override
    public KnownCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public int profileCount() {
        return profileCount;
    }

    /** Returns the category of an item, from 1. */
    public int category(int row) {
        return 1 + row % CATEGORIES;
    }

    /** Returns the price of an item. */
    public long priceMinor(int row) {
        return 100 + (row * 2_654_435_761L >>> 8) % 100_000;
    }

    /** Every person has a slot of every source, but one in ten lacks one of them. */
    @Override
    public KnownProfile profile(long id) {
        SplittableRandom random = new SplittableRandom(seed * 31 + id * 0x9E3779B97F4A7C15L);
        double[] taste = clusters[random.nextInt(CLUSTERS)];
        int missing = random.nextInt(10 * SOURCES);
        List<KnownProfile.Slot> slots = new ArrayList<>(SOURCES);
        for (int source = 0; source < SOURCES; source++) {
            double[] wide = direction(random, taste);
            double evidence = 1 + random.nextInt(50);
            if (source != missing) {
                float[] vector = new float[dimension];
                for (int i = 0; i < dimension; i++) {
                    vector[i] = (float) (evidence * wide[i]);
                }
                slots.add(new KnownProfile.Slot(source, vector, evidence, SLOT_TIME_MILLIS, true));
            }
        }
        return new KnownProfile(id, slots, 0, Set.of());
    }

    private static double[] gaussians(SplittableRandom random, int count, double scale) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * gaussian(random);
        }
        return values;
    }

    private static double gaussian(SplittableRandom random) {
        double u = 1.0 - random.nextDouble();
        return Math.sqrt(-2.0 * Math.log(u)) * Math.cos(2.0 * Math.PI * random.nextDouble());
    }
}
