package dev.firn.sink.decode;

/** Checks of values without parts. */
final class PlainChecks {
    private PlainChecks() {}

    record Sized(int minimumSize) implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            in.checkedSkip(minimumSize);
        }
    }

    record Flag() implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            if ((in.checkedByte() & ~1) != 0) {
                throw in.malformed("a boolean is neither 0 nor 1");
            }
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }

    record Whole32() implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            in.checkedInt();
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }

    record Whole64() implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            in.checkedLong();
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }

    record Bytes() implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            in.checkedSkip(in.checkedLength());
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }

    record Text() implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            int length = in.checkedLength();
            if (!Utf8.isValid(in.bytes(), in.take(length), length)) {
                throw in.malformed("a string is not UTF-8");
            }
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }

    record Symbol(int symbols) implements Check {
        @Override
        public void check(AvroInput in, Trail trail) {
            int index = in.checkedInt();
            if (index < 0 || index >= symbols) {
                throw in.malformed("an enum has no such symbol");
            }
        }

        @Override
        public int minimumSize() {
            return 1;
        }
    }
}
