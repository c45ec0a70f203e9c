package dev.firn.processor.store;

import dev.firn.processor.pack.Packer;

/** What values of a store are in memory, and as bytes.
 *
 * @param <V> in memory
 */
public interface Form<V> {
    /** Values that are bytes in memory, too. */
    Form<byte[]> BYTES = new Form<>() {
        @Override
        public byte[] bytes(byte[] value) {
            return value;
        }

        @Override
        public byte[] value(byte[] bytes) {
            return bytes;
        }

        @Override
        public int size(byte[] value) {
            return value.length;
        }
    };

    /** Values that grow, and are put again when they have. */
    Form<Packer> GROWING = new Form<>() {
        /** Of what has grown beyond what there was room for. */
        private static final int ROOM = 2;

        @Override
        public byte[] bytes(Packer value) {
            return value.toBytes();
        }

        @Override
        public Packer value(byte[] bytes) {
            return new Packer().putRaw(bytes, bytes.length);
        }

        @Override
        public int size(Packer value) {
            return ROOM * value.size();
        }
    };

    byte[] bytes(V value);

    V value(byte[] bytes);

    /** So much memory it takes, about. */
    int size(V value);
}
