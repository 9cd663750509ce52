package io.magpie.server.model;

import io.magpie.client.SourceUse;
import java.util.ArrayList;
import java.util.List;

/** A person's fused vector with what each source has in it, from its definition. */
final class Fused {
    enum Kind {
        OWN,
        DERIVED,
        UNSAID
    }

    record Source(double weight, long halfLifeMillis, Kind kind) {}

    private record Part(Held.Slot slot, double evidence, boolean derived) {}

    final float[] u;
    final double[] factors;
    final SourceUse[] uses;
    final Held.Slot[] slots;
    boolean used;
    boolean consentRemoved;
    boolean otherSpace;

    Fused(Model model, Held person, double[] weights, int spaceId, long nowMillis) {
        int sources = model.sources.size();
        factors = new double[sources];
        uses = new SourceUse[sources];
        slots = new Held.Slot[sources];
        List<Part> parts = new ArrayList<>();
        double own = 0;
        double seen = 0;
        int derived = 0;
        for (int s = 0; s < sources; s++) {
            int index = person.findSlot(s, spaceId);
            Held.Slot slot = index < 0 ? null : person.slots.get(index);
            Source source = model.sources.get(s);
            boolean allowed = model.allows(person, s, 0);
            uses[s] = use(person, s, slot, allowed);
            boolean held = slot != null && slot.norm() != 0;
            consentRemoved |= held && !allowed;
            if (!allowed || weights[s] == 0) {
                continue;
            }
            seen += person.seenCount(s);
            derived += source.kind() == Kind.DERIVED ? 1 : 0;
            if (held) {
                double evidence =
                        slot.evidence() * Arithmetic.decay(nowMillis - slot.timeMillis(), source.halfLifeMillis());
                boolean guessed = source.kind() == Kind.DERIVED || source.kind() == Kind.UNSAID && slot.put();
                derived += guessed && source.kind() == Kind.UNSAID ? 1 : 0;
                own += guessed ? 0 : evidence;
                parts.add(new Part(slot, evidence, guessed));
            }
        }
        double q = seen > 0 ? seen * Math.min(own, seen) : own * own;
        double[] sum = new double[model.dimension];
        for (Part part : parts) {
            int s = part.slot().source();
            double confidence = part.derived()
                    ? Math.min(1, part.evidence()) / Math.max(2, derived) / (1 + (q / 36) * (q / 36))
                    : own == 0 ? 0 : part.evidence() / own * Math.min(1, own);
            factors[s] = weights[s] * confidence / part.slot().norm();
            slots[s] = part.slot();
            uses[s] = factors[s] == 0 ? SourceUse.NO_CONFIDENCE : SourceUse.USED;
            used |= factors[s] != 0;
            Arithmetic.add(sum, part.slot().vector(), factors[s]);
        }
        u = Arithmetic.rounded(sum);
        for (Held.Slot slot : person.slots) {
            otherSpace |= slot.spaceId() != spaceId && person.findSlot(slot.source(), spaceId) < 0;
        }
    }

    private static SourceUse use(Held person, int source, Held.Slot slot, boolean allowed) {
        if (slot == null) {
            return person.slots.stream().anyMatch(each -> each.source() == source)
                    ? SourceUse.OTHER_SPACE
                    : SourceUse.NOTHING_HELD;
        }
        if (slot.norm() == 0) {
            return SourceUse.ZERO_VECTOR;
        }
        return allowed ? SourceUse.NO_WEIGHT : SourceUse.NO_CONSENT;
    }
}
