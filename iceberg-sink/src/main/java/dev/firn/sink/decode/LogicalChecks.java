package dev.firn.sink.decode;

import java.math.BigInteger;

/** Checks of values whose logical type allows less than their type. */
final class LogicalChecks {
    private static final long DAY_MILLIS = 86_400_000L;

    static final Check TIME_MILLIS = new Between(0, DAY_MILLIS - 1, "a time of day");
    static final Check TIME_MICROS = new Between(0, DAY_MILLIS * 1000 - 1, "a time of day");
    static final Check TIMESTAMP_MILLIS = new Between(Long.MIN_VALUE / 1000, Long.MAX_VALUE / 1000, "a timestamp");

    private LogicalChecks() {}

    record Between(long least, long most, String what) implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            long value = in.checkedLong();
            if (value < least || value > most) {
                throw in.unconvertible(what + " is out of range");
            }
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }

    /** Thirty-two hexadecimal digits in groups of 8, 4, 4, 4 and 12. */
    record UuidText() implements Check {
        private static final int LENGTH = 36;

        @Override
        public void check(AvroInput in, Trail trail) {
            int length = in.checkedLength();
            int from = in.take(length);
            if (length != LENGTH) {
                throw in.unconvertible("a UUID is not of 36 characters");
            }
            for (int i = 0; i < LENGTH; i++) {
                int digit = in.bytes()[from + i];
                boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
                if (dash ? digit != '-' : Character.digit(digit, 16) < 0) {
                    throw in.unconvertible("a UUID is not written like one");
                }
            }
        }

        @Override
        public int minimumSize() {
            return 1 + LENGTH;
        }
    }

    /** An unscaled value, big-endian. */
    static final class Decimal implements Check {
        private final int fixedSize;
        private final int precision;
        private final BigInteger bound;
        /** 0 if no long is out of bounds. */
        private final long longBound;

        /** @param fixedSize -1 for bytes that say their length */
        Decimal(int fixedSize, int precision) {
            this.fixedSize = fixedSize;
            this.precision = precision;
            this.bound = BigInteger.TEN.pow(precision);
            this.longBound = bound.bitLength() < Long.SIZE ? bound.longValue() : 0;
        }

        @Override
        public void check(AvroInput in, Trail trail) {
            int length = fixedSize < 0 ? in.checkedLength() : fixedSize;
            in.checkedSkip(length);
            int from = in.position() - length;
            if (length == 0) {
                throw in.unconvertible("a decimal has no bytes");
            }
            if (!fits(in.bytes(), from, length)) {
                throw in.unconvertible("a decimal has more than " + precision + " digits");
            }
        }

        private boolean fits(byte[] bytes, int from, int length) {
            if (length > Long.BYTES) {
                return new BigInteger(bytes, from, length).abs().compareTo(bound) < 0;
            }
            long unscaled = BigEndian.signed(bytes, from, length);
            return longBound == 0 || (unscaled < longBound && unscaled > -longBound);
        }

        @Override
        public int minimumSize() {
            return fixedSize < 0 ? 2 : fixedSize;
        }
    }
}
