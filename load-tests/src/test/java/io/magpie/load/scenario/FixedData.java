package io.magpie.load.scenario;

import java.util.function.LongFunction;

/** A few items, and people who are all made the same way. */
record FixedData(KnownCatalogue catalogue, int profileCount, LongFunction<KnownProfile> people) implements LoadData {
    @Override
    public KnownProfile profile(long id) {
        return people.apply(id);
    }
}
