package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.core.index.ItemQuery;
import io.magpie.core.oracle.ScoreOracle;
import io.magpie.server.data.FvecsWriter;
import io.magpie.server.data.IvecsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code magpie eval} as scripts use it. */
class EvalCommandTest {
    private static final int ITEMS = 700;
    private static final int QUERIES = 23;
    private static final int DIMENSION = 13;

    @TempDir
    Path folder;

    private Path items;
    private Path queries;
    private final float[] itemValues = new float[ITEMS * DIMENSION];
    private final float[][] queryRows = new float[QUERIES][DIMENSION];

    @BeforeEach
    void makeFiles() throws IOException {
        Random random = new Random(11);
        float[][] itemRows = new float[ITEMS][DIMENSION];
        for (int i = 0; i < ITEMS; i++) {
            for (int d = 0; d < DIMENSION; d++) {
                itemRows[i][d] = i % 7 == 0 ? 0 : (float) random.nextGaussian();
                itemValues[i * DIMENSION + d] = itemRows[i][d];
            }
        }
        for (int i = 1; i < QUERIES; i++) {
            for (int d = 0; d < DIMENSION; d++) {
                queryRows[i][d] = (float) random.nextGaussian();
            }
        }
        items = write("items.fvecs.gz", itemRows);
        queries = write("queries.fvecs", queryRows);
    }

    @Test
    void shouldGiveTheOraclesIdsAndEveryKeyWhenVerified() throws IOException {
        Path ids = folder.resolve("ids.ivecs");
        Path json = folder.resolve("eval.json");
        CommandLineRun run =
                eval("--top", 9, "--threads", 2, "--batch", 4, "--repeat", 3, "--ids-out", ids, "--json", json);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("items      700 x 13", "23 x 3 passes, top 9, threads 2, batch 4")
                .contains("p50 ", "p99 ", "(of a batch of 4)", "queries per second", "scored in float, per query")
                .contains("recall     1.0 against a full scan of every query")
                .contains("0 queries differ");
        assertThat(Files.readString(json))
                .startsWith("{\"items\":700,\"dimension\":13,\"queries\":23,\"top\":9,\"threads\":2,\"batch\":4,")
                .contains("\"buildSeconds\":", "\"p50Micros\":", "\"p99Micros\":", "\"queriesPerSecond\":")
                .contains(
                        "\"scannedItemsPerQuery\":",
                        "\"scoredInFloatPerQuery\":",
                        "\"bytesPerItem\":",
                        "\"recall\":1.0");
        try (IvecsReader reader = new IvecsReader(ids)) {
            for (float[] query : queryRows) {
                assertThat(reader.next()).containsExactly(exact(query, 9));
            }
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void shouldReturnAllItemsWhenTopIsLargerThanTheCatalogue() throws IOException {
        Path ids = folder.resolve("ids.ivecs.gz");
        assertThat(eval("--top", 100_000, "--ids-out", ids).exitCode()).isZero();
        try (IvecsReader reader = new IvecsReader(ids)) {
            assertThat(reader.next()).containsExactly(exact(queryRows[0], ITEMS));
        }
    }

    @Test
    void shouldPrintNothingButTheObjectWhenJsonGoesToStdout() {
        CommandLineRun run = eval("--top", 3, "--no-verify", "--json", "-");
        assertThat(run.exitCode()).isZero();
        assertThat(run.outLines()).hasSize(1);
        assertThat(run.out()).startsWith("{").contains("\"recall\":null").endsWith("}\n");
    }

    @Test
    void shouldSayThatRecallIsUnknownWhenNotVerified() {
        CommandLineRun run = eval("--top", 3, "--no-verify");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("recall     not checked (--no-verify)");
    }

    @Test
    void shouldFailInOneLineWhenAFileIsUnusable() throws IOException {
        assertFails("no such file", "--items", folder.resolve("none.fvecs"), "--queries", queries);
        Path empty = Files.createFile(folder.resolve("empty.fvecs"));
        assertFails(
                "empty.fvecs: holds no rows, and eval needs at least one item", "--items", empty, "--queries", queries);
        assertFails(
                "empty.fvecs: holds no rows, and eval needs at least one query", "--items", items, "--queries", empty);
        Path mixed = write("mixed.fvecs", new float[][] {new float[DIMENSION], new float[2]});
        assertFails("mixed.fvecs row 1 (counted from 0): dimension=2", "--items", mixed, "--queries", queries);
        Path nan = write("nan.fvecs", new float[][] {{1, Float.NaN}});
        assertFails("nan.fvecs row 0 (counted from 0): value 1 is NaN", "--items", items, "--queries", nan);
        Path two = write("two.fvecs", new float[][] {{1, 2}});
        assertFails("queries and items need the same", "--items", items, "--queries", two);
        byte[] whole = Files.readAllBytes(queries);
        Path cut = Files.write(folder.resolve("cut.fvecs"), java.util.Arrays.copyOf(whole, whole.length - 1));
        assertFails("cut.fvecs row 22 (counted from 0): cut short", "--items", items, "--queries", cut);
    }

    @Test
    void shouldEndWithTwoWhenUsedWrongly() {
        for (Object[] wrong : new Object[][] {
            {"--top", 0},
            {"--top", "x"},
            {"--top", 1, "--threads", 0},
            {"--top", 1, "--batch", 0},
            {"--top", 1, "--repeat", 0},
            {"--top", 1, "--nonsense"},
            {}
        }) {
            CommandLineRun run = eval(wrong);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
            assertThat(run.errLines()).hasSize(1);
            assertThat(run.err()).startsWith("magpie: ");
        }
    }

    @Test
    void shouldCountWhatDiffersWhenAnAnswerIsWrong() {
        EvaluationAnswers answers = new EvaluationAnswers(5, 2);
        answers.put(0, answer(7, 1.0f, 8, 0.5f));
        answers.put(1, answer(8, 1.0f, 7, 0.5f));
        answers.put(2, answer(7, 1.0f, 8, Math.nextUp(0.5f)));
        answers.put(3, answer(7, 1.0f));
        answers.put(4, answer(9, 1.0f, 6, 0.5f));
        EvaluationAnswers.Comparison comparison = new EvaluationAnswers.Comparison();
        for (int query = 0; query < 5; query++) {
            answers.compare(query, new int[] {7, 8}, new float[] {1.0f, 0.5f}, comparison);
        }
        assertThat(comparison.wrongQueries()).isEqualTo(4);
        assertThat(comparison.recall()).isEqualTo(0.7);
        assertThat(comparison.examples().lines())
                .containsExactly(
                        "query 1 rank 0: item 8 score 1.0, and the full scan has item 7 score 1.0",
                        "query 2 rank 1: item 8 score 0.50000006, and the full scan has item 8 score 0.5",
                        "query 3 rank 1: nothing, and the full scan has item 8 score 0.5",
                        "query 4 rank 0: item 9 score 1.0, and the full scan has item 7 score 1.0");
        assertThat(answers.isSame(0, answer(7, 1.0f, 8, 0.5f))).isTrue();
        assertThat(answers.isSame(0, answer(7, 1.0f))).isFalse();
        assertThat(answers.isSame(0, answer(7, 1.0f, 8, -0.5f))).isFalse();
    }

    @Test
    void shouldShowOneLineThatIsWipedWhenThereIsATerminal() {
        StringWriter text = new StringWriter();
        try (Progress progress = Progress.always(new PrintWriter(text))) {
            progress.at("reading", 0.25, 1200);
            progress.at("reading", 0.26, 1300);
        }
        assertThat(text.toString()).isEqualTo("\rreading  25 %  1,200\r" + " ".repeat(20) + "\r");
    }

    private static ItemQuery answer(Object... idsAndScores) {
        ItemQuery query = new ItemQuery(1);
        for (int i = 0; i < idsAndScores.length; i += 2) {
            query.append((Integer) idsAndScores[i], (Float) idsAndScores[i + 1]);
        }
        return query;
    }

    private int[] exact(float[] query, int top) {
        long[] ids = LongStream.range(0, ITEMS).toArray();
        ScoreOracle.Answer[] answers = ScoreOracle.top(query, ids, itemValues, null, top, id -> true);
        return java.util.Arrays.stream(answers)
                .mapToInt(answer -> (int) answer.itemId())
                .toArray();
    }

    private void assertFails(String reason, Object... files) {
        Object[] arguments = new Object[files.length + 3];
        arguments[0] = "eval";
        System.arraycopy(files, 0, arguments, 1, files.length);
        arguments[files.length + 1] = "--top";
        arguments[files.length + 2] = 3;
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errLines()).hasSize(1);
        assertThat(run.err()).contains(reason);
        assertThat(run.out()).isEmpty();
    }

    private CommandLineRun eval(Object... more) {
        Object[] arguments = new Object[more.length + 7];
        Object[] start = {"eval", "--items", items, "--queries", queries, "--warmup-seconds", "0.05"};
        System.arraycopy(start, 0, arguments, 0, start.length);
        System.arraycopy(more, 0, arguments, start.length, more.length);
        return CommandLineRun.of(arguments);
    }

    private Path write(String name, float[][] rows) throws IOException {
        Path file = folder.resolve(name);
        try (FvecsWriter writer = new FvecsWriter(file)) {
            for (float[] row : rows) {
                writer.write(row);
            }
        }
        return file;
    }
}
