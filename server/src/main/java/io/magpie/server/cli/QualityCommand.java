package io.magpie.server.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.magpie.core.fusion.Decay;
import io.magpie.core.fusion.Source;
import io.magpie.core.fusion.SourceKind;
import io.magpie.server.config.ConfigurationException;
import io.magpie.server.config.SourceConfiguration;
import io.magpie.server.data.DataException;
import io.magpie.server.data.FactorFolder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code magpie quality}: how good the lists are that fusion gives real people. */
@Command(
        name = "quality",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a factor folder into a real engine over a temporary data directory, asks for ten items for every person with"
                    + " held-out items, what they have seen left out, and prints NDCG@10 and hit rate of each source alone, of fixed"
                    + " weights where given, and of the default fusion, over all people and by how many items were known."
        },
        footer = {
            "",
            "The folder: items.fvecs, items.txt, users.txt, user_SOURCE.fvecs, seen.tsv, test.tsv and groups.tsv (user, half, k,"
                    + " evidence a source in alphabetical order, or one column for all); each may have .gz behind its name.",
            "Without --sources, which sources hold what people did (own) and which a guess from others (derived), and the weights,"
                    + " are worked out from items and seen items alone; both are printed, to be copied into serve --sources.",
            "A person of whom nothing is known has an empty list, which counts as a miss."
        })
final class QualityCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "the factor folder")
    private Path directory;

    @Option(
            names = "--weights",
            paramLabel = "NAME:W,...",
            description =
                    "also measure the plain weighted sum of the vectors as they lie; sources not named have weight 0")
    private String weights;

    @Option(
            names = "--sources",
            paramLabel = "NAME:WEIGHT:HALFLIFE[:own|derived],...",
            description = "weights and kinds of the default fusion, as serve takes them (default: worked out)")
    private String sources;

    @Option(
            names = "--half",
            paramLabel = "tune|test",
            description = "which people, by groups.tsv (default test; everybody if there is no groups.tsv)")
    private String half;

    @Option(
            names = "--lists-out",
            paramLabel = "F",
            description =
                    "write the lists: user, tab, ten names of items.txt separated by spaces; of the fixed weights where"
                            + " --weights is given, else of the default fusion")
    private Path listsOut;

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "write the result as a JSON object; - prints it and nothing else")
    private Path json;

    private FactorFolder folder;
    private List<Source> configured;
    private double[] lifts;
    private int[] users;

    @Override
    public Integer call() throws IOException {
        if (half != null && !half.equals("tune") && !half.equals("test")) {
            throw CommandException.badUsage("--half needs tune or test: half=" + half);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Progress progress = Progress.on(spec.commandLine().getErr())) {
            progress.begin("reading " + directory);
            folder = FactorFolder.read(directory);
            double[] fixed = weights == null ? null : fixedWeights();
            configure();
            users = users();
            Map<String, RankingQuality> results = new LinkedHashMap<>();
            try (FolderEngine engine = new FolderEngine(folder, users, configured, progress)) {
                int[][] fused = engine.fusedLists(null);
                results.put("default", judge(fused));
                int[][] written = fused;
                if (fixed != null) {
                    written = engine.plainLists(fixed);
                    results.put("fixed", judge(written));
                }
                for (int source = 0; source < configured.size(); source++) {
                    progress.at("asking", (double) source / configured.size());
                    double[] alone = new double[configured.size()];
                    alone[source] = 1;
                    results.put("source " + folder.sources().get(source), judge(engine.fusedLists(alone)));
                }
                if (listsOut != null) {
                    writeLists(written);
                }
            }
            progress.clear();
            if (json == null || !json.toString().equals("-")) {
                print(out, results);
            }
            if (json != null) {
                JsonOutput.write(json, out, object -> write(object, results));
            }
            return 0;
        }
    }

    private double[] fixedWeights() {
        double[] values = new double[folder.sources().size()];
        for (String each : weights.split(",", -1)) {
            int colon = each.lastIndexOf(':');
            int source = folder.sources().indexOf(colon < 0 ? each : each.substring(0, colon));
            double value = Double.NaN;
            try {
                value = colon < 0 ? Double.NaN : Double.parseDouble(each.substring(colon + 1));
            } catch (NumberFormatException e) {
                // said below
            }
            if (source < 0 || !Source.isWeight(value)) {
                throw CommandException.badUsage("--weights needs NAME:W,... with names of " + folder.sources()
                        + " and weights from 0 to " + (long) Source.MAX_WEIGHT + ": weights=" + each);
            }
            values[source] = value;
        }
        return values;
    }

    /** Names of sources come from names of files and may be anything; the engine gets names of its own, in their order. */
    private void configure() throws IOException {
        if (folder.items().rows() == 0) {
            throw new DataException(directory + ": items.fvecs holds no rows, and quality needs items");
        }
        configured = new ArrayList<>();
        if (sources == null) {
            SourceCalibration calibration = SourceCalibration.of(folder);
            int count = folder.sources().size();
            lifts = IntStream.range(0, count).mapToDouble(calibration::lift).toArray();
            for (int s = 0; s < count; s++) {
                configured.add(new Source("s" + s, calibration.weight(s), Decay.NEVER, calibration.kind(s)));
            }
            return;
        }
        Map<String, SourceConfiguration> given = new LinkedHashMap<>();
        try {
            for (String each : sources.split(",", -1)) {
                SourceConfiguration source = SourceConfiguration.parse(each);
                given.put(source.name(), source);
            }
        } catch (ConfigurationException e) {
            throw CommandException.badUsage(e.getMessage());
        }
        if (!given.keySet().equals(new java.util.HashSet<>(folder.sources()))) {
            throw CommandException.badUsage("--sources needs each source of the folder: sources=" + given.keySet()
                    + " folder=" + folder.sources());
        }
        for (String name : folder.sources()) {
            SourceConfiguration source = given.get(name);
            configured.add(new Source("s" + configured.size(), source.weight(), Decay.NEVER, source.kind()));
        }
    }

    /** Rows of the people to ask for: of the half, with held-out items. */
    private int[] users() throws DataException {
        if (half != null && !folder.hasGroups()) {
            throw new DataException(directory + ": has no groups.tsv, so no half: leave --half out to take everybody");
        }
        String wanted = half == null ? "test" : half;
        int[] rows = IntStream.range(0, folder.userNames().size())
                .filter(user -> !folder.hasGroups() || folder.group(user).half().equals(wanted))
                .filter(user -> folder.heldOut(user).length > 0)
                .toArray();
        if (rows.length == 0) {
            throw new DataException(directory + ": no user " + (folder.hasGroups() ? "of half " + wanted + " " : "")
                    + "has held-out items in test.tsv, so there is nothing to judge by");
        }
        return rows;
    }

    private String known(int user) {
        return folder.hasGroups() ? folder.group(user).k() : ALL;
    }

    private RankingQuality judge(int[][] lists) {
        RankingQuality quality = new RankingQuality();
        for (int i = 0; i < users.length; i++) {
            quality.add(known(users[i]), lists[i], folder.heldOut(users[i]));
        }
        return quality;
    }

    private void writeLists(int[][] lists) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(listsOut)) {
            for (int i = 0; i < users.length; i++) {
                writer.write(folder.userNames().get(users[i]) + '\t');
                for (int rank = 0; rank < lists[i].length; rank++) {
                    writer.write((rank == 0 ? "" : " ") + folder.itemNames().get(lists[i][rank]));
                }
                writer.write('\n');
            }
        } catch (IOException e) {
            throw CommandException.failed(
                    listsOut + ": cannot be written (" + e.getClass().getSimpleName()
                            + "): give a path in a folder that exists",
                    e);
        }
    }

    private void print(PrintWriter out, Map<String, RankingQuality> results) {
        out.printf(
                Locale.ROOT,
                "people      %,d of %,d: %s, with held-out items; %,d items x %d%n",
                users.length,
                folder.userNames().size(),
                folder.hasGroups() ? "half " + (half == null ? "test" : half) : "all, there is no groups.tsv",
                folder.items().rows(),
                folder.items().dimension());
        if (folder.unknownItems() > 0) {
            out.printf(
                    Locale.ROOT,
                    "left out    %,d names of seen.tsv and test.tsv that are not in items.txt%n",
                    folder.unknownItems());
        }
        for (int s = 0; s < configured.size(); s++) {
            out.printf(
                    Locale.ROOT,
                    "%-11s %s: %s, weight %.3f%s%n",
                    s == 0 ? "sources" : "",
                    folder.sources().get(s),
                    kind(s),
                    configured.get(s).weight(),
                    lifts == null ? "" : String.format(Locale.ROOT, ", lift %.2f", lifts[s]));
        }
        out.println("for serve   --sources " + serveSources());
        out.println();
        out.println("ndcg@10 / hit rate@10");
        line(out, "known", "people", new ArrayList<>(results.keySet()));
        RankingQuality first = results.values().iterator().next();
        line(out, ALL, first.all().rows(), results.values().stream().map(RankingQuality::all));
        if (first.byKnown().size() > 1) {
            first.byKnown()
                    .forEach((known, mean) -> line(
                            out,
                            known,
                            mean.rows(),
                            results.values().stream().map(each -> each.byKnown().get(known))));
        }
        out.flush();
    }

    private static void line(
            PrintWriter out, String known, int rows, java.util.stream.Stream<RankingQuality.Mean> means) {
        line(
                out,
                known,
                String.format(Locale.ROOT, "%,d", rows),
                means.map(mean -> String.format(Locale.ROOT, "%.4f / %.4f", mean.ndcg(), mean.hitRate()))
                        .toList());
    }

    private static void line(PrintWriter out, String known, String rows, List<String> cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-6s %7s", known, rows));
        for (String cell : cells) {
            line.append(String.format(Locale.ROOT, "  %-18s", cell));
        }
        out.println(line.toString().stripTrailing());
    }

    private String kind(int source) {
        return configured.get(source).kind().name().toLowerCase(Locale.ROOT);
    }

    private String serveSources() {
        List<String> all = new ArrayList<>();
        for (int s = 0; s < configured.size(); s++) {
            String kind = configured.get(s).kind() == SourceKind.UNSAID ? "" : ":" + kind(s);
            all.add(String.format(
                    Locale.ROOT,
                    "%s:%.3f:never%s",
                    folder.sources().get(s),
                    configured.get(s).weight(),
                    kind));
        }
        return String.join(",", all);
    }

    private void write(JsonGenerator object, Map<String, RankingQuality> results) throws IOException {
        object.writeNumberField("rows", users.length);
        object.writeStringField("half", folder.hasGroups() ? half == null ? "test" : half : ALL);
        means(object, results, RankingQuality::all);
        object.writeObjectFieldStart("byKnown");
        for (String known : results.get("default").byKnown().keySet()) {
            object.writeObjectFieldStart(known);
            object.writeNumberField(
                    "rows", results.get("default").byKnown().get(known).rows());
            means(object, results, quality -> quality.byKnown().get(known));
            object.writeEndObject();
        }
        object.writeEndObject();
        object.writeObjectFieldStart("configured");
        for (int s = 0; s < configured.size(); s++) {
            object.writeObjectFieldStart(folder.sources().get(s));
            object.writeNumberField("weight", configured.get(s).weight());
            object.writeStringField("kind", kind(s));
            object.writeEndObject();
        }
        object.writeEndObject();
        object.writeNumberField("unknownItems", folder.unknownItems());
    }

    private interface Choice {
        RankingQuality.Mean of(RankingQuality quality);
    }

    private void means(JsonGenerator object, Map<String, RankingQuality> results, Choice choice) throws IOException {
        mean(object, choice.of(results.get("default")));
        if (results.containsKey("fixed")) {
            object.writeObjectFieldStart("fixed");
            mean(object, choice.of(results.get("fixed")));
            object.writeEndObject();
        }
        object.writeObjectFieldStart("sources");
        for (String source : folder.sources()) {
            object.writeObjectFieldStart(source);
            mean(object, choice.of(results.get("source " + source)));
            object.writeEndObject();
        }
        object.writeEndObject();
    }

    private static void mean(JsonGenerator object, RankingQuality.Mean mean) throws IOException {
        object.writeNumberField("ndcg10", mean.ndcg());
        object.writeNumberField("hr10", mean.hitRate());
    }
}
