package dev.firn.local.up;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A share of all records, from 0 to 1. */
record Share(double value) {

    static final class Converter implements ITypeConverter<Share> {
        @Override
        public Share convert(String text) {
            try {
                var value = Double.parseDouble(text);
                if (value >= 0 && value <= 1) {
                    return new Share(value);
                }
            } catch (NumberFormatException e) {
                // said below, as for a number out of range
            }
            throw new TypeConversionException("'" + text + "' is not a share from 0 to 1, such as 0.02");
        }
    }

    @Override
    public String toString() {
        return Double.toString(value);
    }
}
