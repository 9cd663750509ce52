package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.oracle.ScoreOracle;
import io.magpie.server.data.FvecsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code magpie quality} as scripts use it, on a folder of odd names, zero rows and packed files. */
class QualityCommandTest {
    private static final int ITEMS = 90;
    private static final int USERS = 40;
    private static final int DIMENSION = 7;
    private static final String OWN = "What they Bought.v2";
    private static final String GUESS = "clique";

    @TempDir
    Path folder;

    private final float[][] items = new float[ITEMS][DIMENSION];
    private final float[][] own = new float[USERS][DIMENSION];
    private final float[][] guess = new float[USERS][DIMENSION];
    private final List<List<Integer>> seen = new ArrayList<>();

    @BeforeEach
    void makeFolder() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < ITEMS; i++) {
            for (int d = 0; d < DIMENSION && i % 9 != 8; d++) {
                items[i][d] = (float) random.nextGaussian();
            }
        }
        StringBuilder seenLines = new StringBuilder();
        StringBuilder testLines = new StringBuilder();
        StringBuilder groupLines = new StringBuilder();
        for (int user = 0; user < USERS; user++) {
            int known = user % 4 * 3;
            List<Integer> list = new ArrayList<>();
            for (int i = 0; i < known; i++) {
                int item = random.nextInt(ITEMS);
                list.add(item);
                for (int d = 0; d < DIMENSION; d++) {
                    own[user][d] += items[item][d];
                    guess[user][d] += items[item][d] / 4;
                }
            }
            for (int d = 0; d < DIMENSION; d++) {
                guess[user][d] += user == 5 ? 0 : (float) random.nextGaussian();
            }
            if (user == 5) {
                Arrays.fill(guess[user], 0);
            }
            unit(own[user]);
            unit(guess[user]);
            seen.add(list);
            seenLines.append("u").append(user).append('\t').append(names(list)).append('\n');
            // Of every eighth nothing was held out.
            testLines
                    .append("u")
                    .append(user)
                    .append('\t')
                    .append(user % 8 == 1 ? "" : "i" + user + " i" + (user + 7) + " gone")
                    .append('\n');
            groupLines
                    .append("u")
                    .append(user)
                    .append(user % 2 == 0 ? "\ttune\t" : "\ttest\t")
                    .append(known)
                    .append('\t')
                    .append(known)
                    .append("\t3\n");
        }
        vectors("items.fvecs.gz", items);
        vectors("user_" + OWN + ".fvecs", own);
        vectors("user_" + GUESS + ".fvecs.gz", guess);
        Files.writeString(folder.resolve("items.txt"), lines("i", ITEMS));
        Files.writeString(folder.resolve("users.txt"), lines("u", USERS));
        Files.writeString(folder.resolve("seen.tsv"), seenLines);
        Files.writeString(folder.resolve("test.tsv"), testLines);
        Files.writeString(folder.resolve("groups.tsv"), groupLines);
    }

    @Test
    void shouldPrintEveryFigureAndWriteEveryKey() throws IOException {
        Path json = folder.resolve("q.json");
        CommandLineRun run = quality("--weights", GUESS + ":0.5," + OWN + ":0.5", "--json", json);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("people      15 of 40: half test, with held-out items; 90 items x 7")
                .contains(OWN + ": own, weight 1.000", GUESS + ": derived, weight 1.000")
                .contains("--sources " + OWN + ":1.000:never:own," + GUESS + ":1.000:never:derived")
                .contains("default", "fixed", "source " + OWN, "source " + GUESS);
        assertThat(Files.readString(json))
                .matches("(?s)\\{\"rows\":15,\"half\":\"test\",\"ndcg10\":[0-9.E-]+,\"hr10\":[0-9.E-]+,\"fixed\":\\{"
                        + "\"ndcg10\":[0-9.E-]+,\"hr10\":[0-9.E-]+},\"sources\":\\{\"What they Bought.v2\":\\{\"ndcg10\":"
                        + "[0-9.E-]+,\"hr10\":[0-9.E-]+},\"clique\":\\{.*\"byKnown\":\\{\"3\":\\{\"rows\":5,\"ndcg10\":.*"
                        + "\"9\":\\{\"rows\":10,.*");
    }

    @Test
    void shouldWriteTheListsOfTheOracleForFixedWeights() throws IOException {
        Path lists = folder.resolve("lists.tsv");
        CommandLineRun run = quality(
                "--weights", OWN + ":0.75," + GUESS + ":0.25", "--lists-out", lists, "--half", "tune", "--json", "-");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.outLines()).hasSize(1);
        float[] all = new float[ITEMS * DIMENSION];
        long[] ids = LongStream.range(0, ITEMS).toArray();
        for (int i = 0; i < ITEMS; i++) {
            System.arraycopy(items[i], 0, all, i * DIMENSION, DIMENSION);
        }
        List<String> expected = new ArrayList<>();
        for (int user = 0; user < USERS; user += 2) {
            float[] sum = new float[DIMENSION];
            for (int d = 0; d < DIMENSION; d++) {
                sum[d] = (float) (0.75 * own[user][d] + 0.25 * guess[user][d]);
            }
            Set<Integer> known = Set.copyOf(seen.get(user));
            ScoreOracle.Answer[] top = ScoreOracle.top(sum, ids, all, null, 10, id -> !known.contains((int) id));
            expected.add("u" + user + "\t"
                    + Arrays.stream(top).map(each -> "i" + each.itemId()).collect(Collectors.joining(" ")));
        }
        assertThat(Files.readAllLines(lists)).isEqualTo(expected);
    }

    @Test
    void shouldGiveAnEmptyListWhenNothingIsKnownOfAPerson() throws IOException {
        Arrays.fill(own[5], 0);
        vectors("user_" + OWN + ".fvecs", own);
        Path lists = folder.resolve("lists.tsv");
        assertThat(quality("--lists-out", lists).exitCode()).isZero();
        List<String> written = Files.readAllLines(lists);
        assertThat(written).hasSize(15).contains("u5\t");
        assertThat(written).filteredOn(line -> !line.equals("u5\t")).allMatch(line -> line.split(" ").length == 10);
    }

    @Test
    void shouldJudgeEverybodyWhenThereAreNoGroups() throws IOException {
        Files.delete(folder.resolve("groups.tsv"));
        assertThat(quality().out()).contains("people      35 of 40: all, there is no groups.tsv");
        assertFails(1, "has no groups.tsv, so no half: leave --half out to take everybody", "--half", "test");
    }

    @Test
    void shouldTakeKindsAndWeightsAsGiven() throws IOException {
        vectors("user_bought.fvecs", own);
        Files.delete(folder.resolve("user_" + OWN + ".fvecs"));
        CommandLineRun run = quality("--sources", "bought:2:30d:derived,clique:1:never:own");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("bought: derived, weight 2.000\n", "clique: own, weight 1.000\n");
        assertFails(2, "--sources needs each source of the folder", "--sources", "bought:1:never");
        assertFails(2, "a source is own", "--sources", "bought:1:never:mine,clique:1:never");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() throws IOException {
        assertFails(2, "--half needs tune or test: half=all", "--half", "all");
        assertFails(2, "--weights needs NAME:W,... with names of [What they Bought.v2, clique]", "--weights", "x:1");
        assertFails(2, "weights=clique", "--weights", "clique");
        assertFails(2, "weights=clique:-1", "--weights", "clique:-1");
        Path nowhere = folder.resolve("no/such/file");
        assertFails(1, "file: cannot be written", "--lists-out", nowhere);
        Files.writeString(folder.resolve("groups.tsv"), "u0\ttune\n");
        assertFails(
                1, "groups.tsv line 1: needs a user of users.txt, half, k, and evidence in 1 column or one for each");
        Files.delete(folder.resolve("groups.tsv"));
        Files.delete(folder.resolve("test.tsv"));
        assertFails(1, "no user has held-out items in test.tsv");
        Files.delete(folder.resolve("items.fvecs.gz"));
        assertFails(1, "items.fvecs is missing");
    }

    private void assertFails(int exitCode, String reason, Object... arguments) {
        CommandLineRun run = quality(arguments);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.errLines()).hasSize(1).first().asString().contains(reason);
        assertThat(run.out()).isEmpty();
    }

    private CommandLineRun quality(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("quality", folder));
        all.addAll(List.of(arguments));
        return CommandLineRun.of(all.toArray());
    }

    private static String names(List<Integer> list) {
        return list.stream().map(item -> "i" + item).collect(Collectors.joining(" "));
    }

    private static String lines(String prefix, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(prefix).append(i).append('\n');
        }
        return lines.toString();
    }

    private static void unit(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        for (int d = 0; d < vector.length && squares > 0; d++) {
            vector[d] /= (float) Math.sqrt(squares);
        }
    }

    private void vectors(String name, float[][] rows) throws IOException {
        try (FvecsWriter writer = new FvecsWriter(folder.resolve(name))) {
            for (float[] row : rows) {
                writer.write(row);
            }
        }
    }
}
