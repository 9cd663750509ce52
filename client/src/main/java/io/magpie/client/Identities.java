package io.magpie.client;

import io.magpie.protocol.Feature;
import io.magpie.protocol.PersonRequestEncoder;
import java.util.List;
import java.util.function.Function;

/** Writes the identities that stand in the places of profile ids: the last group of a request. */
final class Identities {
    private Identities() {}

    /** Returns the feature without which a server would not look at the identities, or 0 if there are none. */
    static <T> long features(List<T> entries, Function<T, Person> who) {
        return count(entries, who) == 0 ? 0 : Feature.IDENTITIES;
    }

    static long features(Person who) {
        return who.isIdentity() ? Feature.IDENTITIES : 0;
    }

    private static <T> int count(List<T> entries, Function<T, Person> who) {
        int count = 0;
        for (T entry : entries) {
            count += who.apply(entry).isIdentity() ? 1 : 0;
        }
        return count;
    }

    /** Writes the group; the places are those of the list. */
    static <T> void write(PersonRequestEncoder encoder, List<T> entries, Function<T, Person> who) {
        int count = count(entries, who);
        if (count == 0) {
            return;
        }
        encoder.beginIdentities(count);
        for (int place = 0; place < entries.size(); place++) {
            Person person = who.apply(entries.get(place));
            if (person.isIdentity()) {
                encoder.addIdentity(place, person.source(), person.externalId());
            }
        }
    }

    static void write(PersonRequestEncoder encoder, Person who) {
        write(encoder, List.of(who), Function.identity());
    }
}
