package io.magpie.core.store;

/**
 * What goes into and comes out of a map: an image of constant length, of which only the used part is copied. Chronicle
 * calls it under the entry's lock with the entry's own memory, so that reading decodes straight into a record. Not
 * thread-safe.
 */
abstract class EntryValue {
    /**
     * Takes the value over.
     *
     * @param address of the first byte, native; valid only during the call
     * @param length  the map's constant length of values
     */
    abstract void readFrom(long address, int length);

    /** Returns the image to be written; only of values that are written. */
    byte[] image() {
        throw new UnsupportedOperationException("read only");
    }

    /** Returns how many bytes of the image are used. */
    int length() {
        throw new UnsupportedOperationException("read only");
    }
}
