package io.magpie.core.profile;

import org.agrona.UnsafeApi;

/**
 * Where the elements of an array start, for addresses of the form (base object, offset). Images lie either in a byte array
 * ({@code base} is the array, the offset counts from {@link #BYTES}) or in native memory ({@code base} is null and the
 * offset an address), so that one codec serves both and copies straight between native memory and vectors.
 */
public final class ImageMemory {
    /** Offset of the first element of a {@code byte[]}. */
    public static final long BYTES = UnsafeApi.arrayBaseOffset(byte[].class);

    static final long LONGS = UnsafeApi.arrayBaseOffset(long[].class);
    static final long FLOATS = UnsafeApi.arrayBaseOffset(float[].class);

    private ImageMemory() {}
}
