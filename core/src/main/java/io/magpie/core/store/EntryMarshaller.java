package io.magpie.core.store;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.util.ReadResolvable;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/**
 * Tells Chronicle how to move values. Stateless: Chronicle writes its class name into the header of every map file, and
 * does not take a Java enum for that.
 */
final class EntryMarshaller
        implements SizedReader<EntryValue>, SizedWriter<EntryValue>, ReadResolvable<EntryMarshaller> {
    static final EntryMarshaller INSTANCE = new EntryMarshaller();

    /** What fills a value up, many bytes at a time. */
    private static final byte[] ZEROS = new byte[1024];

    private EntryMarshaller() {}

    @Override
    public EntryValue read(Bytes<?> in, long size, EntryValue using) {
        using.readFrom(in.addressForRead(in.readPosition()), (int) size);
        return using;
    }

    @Override
    public long size(EntryValue value) {
        return ((ImageValue) value).valueLength();
    }

    @Override
    public void write(Bytes<?> out, long size, EntryValue value) {
        ImageValue image = (ImageValue) value;
        out.write(image.image(), image.offset(), image.length());
        for (long left = size - image.length(); left > 0; left -= ZEROS.length) {
            out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }

    @Override
    public void readMarshallable(WireIn wire) {
        // Nothing to read: stateless.
    }

    @Override
    public void writeMarshallable(WireOut wire) {
        // Nothing to write: stateless.
    }

    @Override
    public EntryMarshaller readResolve() {
        return INSTANCE;
    }
}
