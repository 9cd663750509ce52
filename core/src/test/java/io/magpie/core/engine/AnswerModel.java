package io.magpie.core.engine;

import io.magpie.core.index.ItemAttributes;
import io.magpie.core.oracle.ScoreOracle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What an answer should be, from plain lists: every item scored, sorted, walked. Shares nothing with what it checks. */
final class AnswerModel {
    record Item(float[] vector, float bias, ItemAttributes attributes) {}

    record Boost(long itemId, double amount, long from, long until) {}

    record Pin(long itemId, int position, long from, long until) {}

    record Ranked(long itemId, float score) {}

    record Page(List<Ranked> items, boolean pinDropped, int passing) {}

    final Map<Long, Item> items = new TreeMap<>(Long::compareUnsigned);
    final List<Boost> boosts = new ArrayList<>();
    final List<Pin> pins = new ArrayList<>();
    final Map<Long, Double> popularity = new HashMap<>();
    final Set<Long> excluded = new HashSet<>();
    Predicate<ItemAttributes> passes = attributes -> true;
    boolean namedOnly;
    int cap;
    double lambda = 1;
    int pool = 100;
    int offset;
    int limit = 10;
    long now;

    Page answer(float[] u) {
        Map<Long, Double> amounts = new HashMap<>(popularity);
        for (Boost boost : boosts) {
            if (boost.from() <= now && now < boost.until()) {
                amounts.merge(boost.itemId(), boost.amount(), Double::sum);
            }
        }
        List<Pin> active = new ArrayList<>();
        Set<Long> pinned = new HashSet<>();
        for (Pin pin : pins) {
            if (pin.from() <= now && now < pin.until() && pinned.add(pin.itemId())) {
                active.add(pin);
                amounts.putIfAbsent(pin.itemId(), 0.0);
            }
        }
        active.sort(Comparator.comparingInt(Pin::position));
        Map<Long, Ranked> scored = new HashMap<>();
        items.forEach((id, item) -> {
            boolean named = amounts.containsKey(id);
            if (!item.attributes().hidden()
                    && passes.test(item.attributes())
                    && !excluded.contains(id)
                    && (named || !namedOnly)) {
                float score = ScoreOracle.score(u, item.vector(), 0, item.bias());
                scored.put(id, new Ranked(id, named ? (float) (score + amounts.get(id)) + 0.0f : score));
            }
        });
        boolean dropped = active.removeIf(pin -> !scored.containsKey(pin.itemId()));
        List<Ranked> natural = new ArrayList<>(scored.values());
        natural.removeIf(each -> pinned.contains(each.itemId()));
        natural.sort(Comparator.<Ranked>comparingDouble(each -> -each.score())
                .thenComparing(Ranked::itemId, Long::compareUnsigned));
        natural = diversify(capped(natural, active));
        List<Ranked> all = new ArrayList<>();
        for (int at = 0; !natural.isEmpty() || !active.isEmpty(); at++) {
            boolean due =
                    natural.isEmpty() || !active.isEmpty() && active.get(0).position() <= at;
            all.add(due ? scored.get(active.remove(0).itemId()) : natural.remove(0));
        }
        int from = Math.min(offset, all.size());
        return new Page(all.subList(from, Math.min(from + limit, all.size())), dropped, scored.size());
    }

    private List<Ranked> capped(List<Ranked> ranking, List<Pin> active) {
        Map<Integer, Integer> counts = new HashMap<>();
        active.forEach(pin -> counts.merge(category(pin.itemId()), 1, Integer::sum));
        List<Ranked> taken = new ArrayList<>();
        for (Ranked each : ranking) {
            if (cap == 0 || counts.getOrDefault(category(each.itemId()), 0) < cap) {
                taken.add(each);
                counts.merge(category(each.itemId()), 1, Integer::sum);
            }
        }
        return taken;
    }

    private List<Ranked> diversify(List<Ranked> ranking) {
        if (lambda == 1) {
            return ranking;
        }
        List<Ranked> candidates = new ArrayList<>(ranking.subList(0, Math.min(pool, ranking.size())));
        List<Ranked> picked = new ArrayList<>();
        double high = candidates.isEmpty() ? 0 : candidates.get(0).score();
        double low =
                candidates.isEmpty() ? 0 : candidates.get(candidates.size() - 1).score();
        while (!candidates.isEmpty()) {
            Ranked best = null;
            double most = 0;
            for (Ranked each : candidates) {
                double relevance = high > low ? (each.score() - low) / (high - low) : 1;
                double worth = lambda * relevance - (1 - lambda) * likeness(each, picked);
                if (best == null || worth > most) {
                    best = each;
                    most = worth;
                }
            }
            picked.add(best);
            candidates.remove(best);
        }
        picked.addAll(ranking.subList(Math.min(pool, ranking.size()), ranking.size()));
        return picked;
    }

    private double likeness(Ranked item, List<Ranked> picked) {
        float[] x = items.get(item.itemId()).vector();
        return picked.stream()
                .mapToDouble(each -> {
                    float[] y = items.get(each.itemId()).vector();
                    double norms = Math.sqrt(dot(x, x)) * Math.sqrt(dot(y, y));
                    return norms > 0 ? dot(x, y) / norms : 0;
                })
                .max()
                .orElse(0);
    }

    /** In the order that the score is summed in. */
    static double dot(float[] x, float[] y) {
        double[] sums = new double[8];
        for (int i = 0; i < x.length; i++) {
            sums[i % 8] += (double) x[i] * y[i];
        }
        return sums[0] + sums[4] + (sums[2] + sums[6]) + (sums[1] + sums[5] + (sums[3] + sums[7]));
    }

    private int category(long itemId) {
        return items.get(itemId).attributes().category();
    }
}
