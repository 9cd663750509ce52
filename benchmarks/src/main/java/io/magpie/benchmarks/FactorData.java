package io.magpie.benchmarks;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * The data of the index's benchmarks, from fixed seeds. Friendly: low-rank clusters with log-normal norms, variation
 * 0.53, as matrix factorisation makes them. Hard: the same directions, variation of norms 0.10. Flat: directions even
 * over the sphere and norms equal, on which no bound can help. Glove: real word vectors, where {@code -Dmagpie.data}
 * says.
 *
 * @param items   {@code float32[count][dimension]}
 * @param queries {@code float32[queries][dimension]}
 */
public record FactorData(int dimension, float[] items, float[] queries) {
    private static final int RANK = 16;
    private static final int CLUSTERS = 1000;
    private static final double DECAY = 0.95;
    private static final double SPREAD = 0.8;
    private static final double NOISE = 0.2;
    private static final int QUERIES = 1000;
    private static final int BASIS_SEED = 7;
    private static final int CENTRES_SEED = 11;
    private static final int QUERIES_SEED = 999;

    /**
     * Makes or reads data.
     *
     * @param kind friendly, hard, flat, glove (ordinary words as queries) or glove-tail (rare ones)
     */
    public static FactorData of(String kind, int count, int dimension) {
        return switch (kind) {
            case "friendly" -> clustered(count, dimension, 0.53);
            case "hard" -> clustered(count, dimension, 0.10);
            case "flat" -> new FactorData(dimension, sphere(count, dimension, 5), sphere(QUERIES, dimension, 6));
            case "glove" -> glove("query.fvecs");
            case "glove-tail" -> glove("query_tail.fvecs");
            default -> throw new IllegalArgumentException("no such data: kind=" + kind);
        };
    }

    /** Returns how many items there are. */
    public int count() {
        return items.length / dimension;
    }

    /** Returns how many queries there are. */
    public int queryCount() {
        return queries.length / dimension;
    }

    private static FactorData clustered(int count, int dimension, double variation) {
        float[] items = vectors(count, dimension, variation, 100L + count);
        return new FactorData(dimension, items, vectors(QUERIES, dimension, 0, QUERIES_SEED));
    }

    private static float[] vectors(int count, int dimension, double variation, long seed) {
        double[][] basis = gaussian(RANK, dimension, BASIS_SEED);
        for (int i = 0; i < RANK; i++) {
            for (int j = 0; j < dimension; j++) {
                basis[i][j] *= Math.pow(DECAY, i) / Math.sqrt(dimension);
            }
        }
        double[][] centres = gaussian(CLUSTERS, RANK, CENTRES_SEED);
        double sigma = Math.sqrt(Math.log(1 + variation * variation));
        SplittableRandom random = new SplittableRandom(seed);
        float[] vectors = new float[count * dimension];
        double[] latent = new double[RANK];
        double[] row = new double[dimension];
        for (int k = 0; k < count; k++) {
            double[] centre = centres[random.nextInt(CLUSTERS)];
            for (int i = 0; i < RANK; i++) {
                latent[i] = centre[i] + SPREAD * random.nextGaussian();
            }
            double square = 0;
            for (int j = 0; j < dimension; j++) {
                double x = NOISE * random.nextGaussian() * Math.sqrt((double) RANK / dimension);
                for (int i = 0; i < RANK; i++) {
                    x += latent[i] * basis[i][j];
                }
                row[j] = x;
                square += x * x;
            }
            double factor = Math.exp(sigma * random.nextGaussian()) / Math.sqrt(square);
            for (int j = 0; j < dimension; j++) {
                vectors[k * dimension + j] = (float) (row[j] * factor);
            }
        }
        return vectors;
    }

    private static float[] sphere(int count, int dimension, long seed) {
        double[][] rows = gaussian(count, dimension, seed);
        float[] vectors = new float[count * dimension];
        for (int k = 0; k < count; k++) {
            double square = 0;
            for (double x : rows[k]) {
                square += x * x;
            }
            for (int j = 0; j < dimension; j++) {
                vectors[k * dimension + j] = (float) (rows[k][j] / Math.sqrt(square));
            }
        }
        return vectors;
    }

    private static double[][] gaussian(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] values = new double[rows][columns];
        for (double[] row : values) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return values;
    }

    private static FactorData glove(String queries) {
        Path folder = Path.of(System.getProperty("magpie.data", "."), "glove100");
        float[] items = read(folder.resolve("base.fvecs.gz"));
        return new FactorData(100, items, read(folder.resolve(queries)));
    }

    private static float[] read(Path file) {
        try (InputStream raw = new FileInputStream(file.toFile());
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            byte[] bytes =
                    file.toString().endsWith(".gz") ? new DataInputStream(in).readAllBytes() : Files.readAllBytes(file);
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int dimension = buffer.getInt(0);
            int rows = bytes.length / (Integer.BYTES + Float.BYTES * dimension);
            float[] vectors = new float[rows * dimension];
            for (int row = 0; row < rows; row++) {
                buffer.position(row * (Integer.BYTES + Float.BYTES * dimension) + Integer.BYTES);
                buffer.asFloatBuffer().get(vectors, row * dimension, dimension);
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
