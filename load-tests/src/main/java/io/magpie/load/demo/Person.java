package io.magpie.load.demo;

import java.util.List;

/**
 * One made-up person, as three sources see them.
 *
 * @param id         profile id
 * @param persona    what kind of person this is, for the reader; the server never hears of it
 * @param interests  indexes of the categories they care for, most first
 * @param priceLevel how dear they buy, -1 to 1
 * @param social     what the social source has sent, or null
 * @param payment    what the payment source has sent, or null
 * @param events     what the commerce source has sent, oldest first; may be empty
 * @param consents   by source, in the order of {@link RetailPeople#SOURCES}
 */
record Person(
        long id,
        String persona,
        int[] interests,
        double priceLevel,
        Slot social,
        Slot payment,
        List<Event> events,
        Consent[] consents) {
    /** What a person said about a source, for recommendations. */
    enum Consent {
        UNSET,
        GRANTED,
        DENIED
    }

    /**
     * An interest vector that a source sends as a whole.
     *
     * @param vector    float32[64]
     * @param evidence  how many signals stand behind it
     * @param ageMillis how long before the import the last one was
     */
    record Slot(float[] vector, double evidence, long ageMillis) {}

    /**
     * Something a person did in the shop.
     *
     * @param item      the good
     * @param strength  1 for a look, 3 for buying
     * @param ageMillis how long before the import
     */
    record Event(RetailCatalogue.Item item, double strength, long ageMillis) {}
}
