package io.magpie.core.store;

import io.magpie.core.profile.ImageMemory;
import org.agrona.UnsafeApi;

/** A value as bytes: what is written, and what is read when it is not to be decoded. */
final class ImageValue extends EntryValue {
    private byte[] image;
    private int offset;
    private int length;
    private final int valueLength;

    /** Makes one for values of a map's constant length. */
    ImageValue(int valueLength) {
        this.valueLength = valueLength;
        image = new byte[valueLength];
    }

    /** Lets it stand for a part of an array, which is not copied. */
    ImageValue wrap(byte[] array, int offset, int length) {
        image = array;
        this.offset = offset;
        this.length = length;
        return this;
    }

    @Override
    void readFrom(long address, int size) {
        UnsafeApi.copyMemory(null, address, image, ImageMemory.BYTES, size);
        offset = 0;
        length = size;
    }

    @Override
    byte[] image() {
        return image;
    }

    @Override
    int length() {
        return length;
    }

    int valueLength() {
        return valueLength;
    }

    int offset() {
        return offset;
    }
}
