package io.magpie.server.data;

/** Unsigned 64-bit ids as text. */
public final class UnsignedId {
    /** 2^64-1 stands for no id. */
    public static final long RESERVED = -1L;

    private UnsignedId() {}

    /**
     * Reads an id.
     *
     * @param text decimal digits, white space around them allowed
     * @throws IllegalArgumentException with a one-line reason if it is no id
     */
    public static long parse(String text) {
        String digits = text.strip();
        long id;
        try {
            id = Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "id '" + digits + "' is not a whole number from 0 to 18446744073709551614", e);
        }
        if (id == RESERVED) {
            throw new IllegalArgumentException("id 18446744073709551615 is reserved for 'no id'");
        }
        return id;
    }

    /** Writes an id in decimal digits. */
    public static String format(long id) {
        return Long.toUnsignedString(id);
    }
}
