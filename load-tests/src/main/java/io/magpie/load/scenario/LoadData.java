package io.magpie.load.scenario;

/** The data that a scenario asks about, as this process knows it. Thread-safe once loaded. */
public interface LoadData {
    /** Returns the items. */
    KnownCatalogue catalogue();

    /** Returns how many people there are; their ids are 1 to this. */
    int profileCount();

    /** Returns what the server should hold for a person whom no scenario writes to. */
    KnownProfile profile(long id);
}
