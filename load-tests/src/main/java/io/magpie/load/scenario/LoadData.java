package io.magpie.load.scenario;

/** The data that a scenario asks about, as this process knows it. Thread-safe once loaded. */
public interface LoadData {
    /** Every person whose id is a multiple of this may be written to by scenarios; answers for them are not compared. */
    int WRITTEN_TO = 4;

    /** Returns the items. */
    KnownCatalogue catalogue();

    /** Returns how many people there are; their ids are 1 to this. */
    int profileCount();

    /** Returns what the server should hold for a person whom no scenario writes to; null for nothing. */
    KnownProfile profile(long id);
}
