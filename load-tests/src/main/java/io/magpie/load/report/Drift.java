package io.magpie.load.report;

import io.magpie.load.generator.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Whether a long run ended as it began: its last third beside its first. */
final class Drift {
    private static final double MIB = 1 << 20;

    private final List<Interval> first;
    private final List<Interval> last;
    private final List<String> failures = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Drift(List<Interval> whole) {
        int third = whole.size() / 3;
        first = whole.subList(0, third);
        last = whole.subList(whole.size() - third, whole.size());
    }

    /** Looks at the pieces of a run; those in which nothing was answered (the end) do not count. */
    static Drift of(List<Interval> intervals) {
        Drift drift = new Drift(intervals.stream()
                .filter(each -> each.latencies().getTotalCount() > 0)
                .toList());
        if (drift.first.size() > 1) {
            drift.judge();
        }
        return drift;
    }

    private void judge() {
        grown("p50", "us", median(first, each -> each.micros(50)), median(last, each -> each.micros(50)), 1.25, 50);
        grown("p99", "us", median(first, each -> each.micros(99)), median(last, each -> each.micros(99)), 1.5, 1_000);
        List<Interval> before = asked(first);
        List<Interval> after = asked(last);
        if (!before.isEmpty() && after.size() > 1) {
            heap(before, after);
            // Goes up and down with the files of the log that are mapped.
            int half = after.size() / 2;
            grown(
                    "resident memory within the last third",
                    "MiB",
                    median(after.subList(0, half), each -> each.server().get("process.residentBytes") / MIB),
                    median(
                            after.subList(half, after.size()),
                            each -> each.server().get("process.residentBytes") / MIB),
                    1.05,
                    32);
        }
    }

    /** Those in which the server told its figures; it may miss a second. */
    private static List<Interval> asked(List<Interval> pieces) {
        return pieces.stream().filter(each -> each.server() != null).toList();
    }

    /** The least of a third is what a collection left: the live objects, whatever garbage lay about else. */
    private void heap(List<Interval> before, List<Interval> after) {
        if (isCollected(before) && isCollected(after)) {
            grown(
                    "least heap in use",
                    "MiB",
                    least(before, "heap.usedBytes"),
                    least(after, "heap.usedBytes"),
                    1.25,
                    16);
        } else {
            notes.add("live heap was not judged: too short for a collection in the first and in the last third");
        }
    }

    private static boolean isCollected(List<Interval> pieces) {
        return pieces.get(pieces.size() - 1).server().since(pieces.get(0).server(), "gc.collections") > 0;
    }

    private void grown(String what, String unit, double before, double after, double factor, double slack) {
        String said = String.format(Locale.ROOT, "%s: %.0f %s, then %.0f %s", what, before, unit, after, unit);
        notes.add(said);
        if (after > factor * before + slack) {
            failures.add("it drifts: " + said);
        }
    }

    private static double median(List<Interval> pieces, ToDoubleFunction<Interval> figure) {
        double[] sorted = pieces.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static double least(List<Interval> pieces, String counter) {
        return pieces.stream()
                        .mapToDouble(each -> each.server().get(counter))
                        .min()
                        .orElse(0)
                / MIB;
    }

    List<String> failures() {
        return failures;
    }

    List<String> notes() {
        return notes;
    }
}
