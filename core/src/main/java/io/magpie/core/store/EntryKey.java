package io.magpie.core.store;

/**
 * Key of every map: an id, and a number below it (the chunk of a seen set; 0 otherwise). An interface of values, which
 * Chronicle turns into a flyweight and a heap class: reading with a heap instance that is reused allocates nothing. It is
 * public because the classes made for it need it so.
 */
public interface EntryKey {
    /** Returns the unsigned 64-bit id. */
    long getId();

    /** Sets the id. */
    void setId(long id);

    /** Returns the number below the id. */
    long getPart();

    /** Sets the number below the id. */
    void setPart(long part);
}
