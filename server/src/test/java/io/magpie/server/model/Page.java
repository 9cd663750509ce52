package io.magpie.server.model;

import io.magpie.client.Recommendations.ScoredItem;
import io.magpie.core.oracle.ScoreOracle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A page of the ranking: every item scored, sorted and walked. */
final class Page {
    private static final int DEFAULT_PAGES = 10;
    private static final int LEAST_POOL = 100;

    final List<ScoredItem> items;
    final boolean pinDropped;
    final boolean isShort;

    private final Shop shop;
    private final Question question;
    final Map<Long, ScoredItem> scored = new HashMap<>();

    /**
     * @param popularity amounts of items that are ranked by how popular they are
     * @param namedOnly  whether only items with amounts, boosts and pins are ranked
     */
    Page(
            Shop shop,
            Question question,
            float[] u,
            Set<Long> leftOut,
            Map<Long, Double> popularity,
            boolean namedOnly,
            long now) {
        this.shop = shop;
        this.question = question;
        Map<Long, Double> amounts = new HashMap<>();
        for (Question.Timed boost : question.boosts) {
            if (boost.from() <= now && now < boost.until()) {
                amounts.merge(boost.itemId(), boost.value(), Double::sum);
            }
        }
        List<Question.Timed> pins = new ArrayList<>();
        Set<Long> pinned = new HashSet<>();
        for (Question.Timed pin : question.pins) {
            if (pin.from() <= now && now < pin.until() && pinned.add(pin.itemId())) {
                pins.add(pin);
                amounts.putIfAbsent(pin.itemId(), 0.0);
            }
        }
        popularity.forEach((id, amount) -> amounts.merge(id, amount, Double::sum));
        pins.sort(Comparator.comparingDouble(Question.Timed::value));
        shop.goods.forEach((id, good) -> {
            Double amount = amounts.get(id);
            if (question.passes(id, good.attributes()) && !leftOut.contains(id) && (amount != null || !namedOnly)) {
                float score = ScoreOracle.score(u, good.vector(), 0, good.bias());
                scored.put(id, new ScoredItem(id, amount == null ? score : (float) (score + amount) + 0.0f));
            }
        });
        pinDropped = pins.removeIf(pin -> !scored.containsKey(pin.itemId()));
        List<ScoredItem> natural = new ArrayList<>(scored.values());
        natural.removeIf(each -> pinned.contains(each.itemId()));
        natural.sort(Comparator.<ScoredItem>comparingDouble(each -> -each.score())
                .thenComparing(ScoredItem::itemId, Long::compareUnsigned));
        natural = diversified(capped(natural, pins));
        List<ScoredItem> all = new ArrayList<>();
        while (!natural.isEmpty() || !pins.isEmpty()) {
            boolean due = natural.isEmpty() || !pins.isEmpty() && pins.get(0).value() <= all.size();
            all.add(due ? scored.get(pins.remove(0).itemId()) : natural.remove(0));
        }
        int from = Math.min(question.offset, all.size());
        items = List.copyOf(all.subList(from, Math.min(from + question.limit, all.size())));
        int available = namedOnly ? amounts.size() : shop.goods.size();
        isShort = items.size() < question.limit && question.offset + items.size() < available;
    }

    private List<ScoredItem> capped(List<ScoredItem> ranking, List<Question.Timed> pins) {
        if (question.cap == 0) {
            return ranking;
        }
        Map<Integer, Integer> counts = new HashMap<>();
        pins.forEach(pin -> counts.merge(category(pin.itemId()), 1, Integer::sum));
        List<ScoredItem> taken = new ArrayList<>();
        for (ScoredItem each : ranking) {
            if (counts.getOrDefault(category(each.itemId()), 0) < question.cap) {
                taken.add(each);
                counts.merge(category(each.itemId()), 1, Integer::sum);
            }
        }
        return taken;
    }

    private List<ScoredItem> diversified(List<ScoredItem> ranking) {
        if (question.relevance == 1) {
            return ranking;
        }
        int pool = Math.min(
                ranking.size(),
                question.pool == 0 ? Math.max(LEAST_POOL, DEFAULT_PAGES * question.limit) : question.pool);
        List<ScoredItem> candidates = new ArrayList<>(ranking.subList(0, pool));
        double high = pool == 0 ? 0 : candidates.get(0).score();
        double low = pool == 0 ? 0 : candidates.get(pool - 1).score();
        List<ScoredItem> picked = new ArrayList<>();
        while (!candidates.isEmpty()) {
            ScoredItem best = null;
            double most = 0;
            for (ScoredItem each : candidates) {
                double relevance = high > low ? (each.score() - low) / (high - low) : 1;
                double likeness = picked.stream()
                        .mapToDouble(other -> likeness(each.itemId(), other.itemId()))
                        .max()
                        .orElse(0);
                double worth = question.relevance * relevance - (1 - question.relevance) * likeness;
                if (best == null || worth > most) {
                    best = each;
                    most = worth;
                }
            }
            picked.add(best);
            candidates.remove(best);
        }
        picked.addAll(ranking.subList(pool, ranking.size()));
        return picked;
    }

    private double likeness(long one, long other) {
        float[] x = shop.goods.get(one).vector();
        float[] y = shop.goods.get(other).vector();
        double norms = Math.sqrt(dot(x, x)) * Math.sqrt(dot(y, y));
        return norms > 0 ? dot(x, y) / norms : 0;
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
        return shop.goods.get(itemId).attributes().category();
    }
}
