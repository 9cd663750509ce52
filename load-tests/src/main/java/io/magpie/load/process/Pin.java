package io.magpie.load.process;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Which processor each side has.
 *
 * @param server    number, or list as taskset takes it
 * @param generator the same, of this process
 */
public record Pin(String server, String generator) {
    /** Reads {@code SERVER:GENERATOR}. */
    public static final class Converter implements ITypeConverter<Pin> {
        @Override
        public Pin convert(String value) {
            String[] parts = value.split(":", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new TypeConversionException("two processors are SERVER:GENERATOR: " + value);
            }
            return new Pin(parts[0], parts[1]);
        }
    }
}
