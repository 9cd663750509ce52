package io.magpie.load.demo;

import io.magpie.client.MagpieClient;
import io.magpie.load.scenario.Bulk;
import io.magpie.load.scenario.KnownCatalogue;
import io.magpie.load.scenario.KnownSource;
import java.util.List;

/** The people and goods that a story is told about. */
interface DemoData {
    /**
     * Who a story is told of.
     *
     * @param id   profile id
     * @param name how the story calls them
     */
    record Hero(long id, String name) {}

    /** Returns what is being loaded, in one sentence. */
    String title();

    /** Returns the sources as {@code serve --sources} takes them. */
    String sourcesOption();

    /** Returns how the server weighs them. */
    List<KnownSource> sources();

    /** Returns the names of the sources. */
    List<String> sourceNames();

    /** Returns the goods. */
    KnownCatalogue catalogue();

    /** Returns how many people may be asked for, by ids 1 to this. */
    int profileCount();

    /** Puts the goods into the server. */
    void loadGoods(MagpieClient client, Bulk.Progress progress) throws InterruptedException;

    /** Puts the people in; returns what was put, in a few words. */
    String loadPeople(MagpieClient client, Bulk.Progress progress) throws InterruptedException;

    /** Returns the name of a good. */
    String itemName(long itemId);

    /** Returns what a reader wants to know of a good beside its name, or nothing. */
    String itemDetail(long itemId);

    /** Returns in a few words what an interest vector says. */
    String describe(float[] vector);

    /** Returns three people: the first for a start, the second meets something new, the third withdraws a consent. */
    List<Hero> heroes();

    /** Returns the good that the second person comes across, one that they would not have been shown. */
    long newInterest();

    /** Returns the number of the source that reports what people do. */
    int eventSource();

    /** Returns the number of the source that the third person withdraws. */
    int withdrawnSource();
}
