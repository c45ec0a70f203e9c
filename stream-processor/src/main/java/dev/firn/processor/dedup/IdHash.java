package dev.firn.processor.dedup;

import dev.firn.processor.pack.Decimals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** An id by its MD5: at 128 bits, two ids that look the same are not to be expected in the age of the universe. */
record IdHash(long high, long low) {
    /** Makes hashes. Not for several threads. */
    static final class Maker {
        private final MessageDigest md5;
        private @Nullable Maker parts;

        Maker() {
            try {
                this.md5 = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has MD5", e);
            }
        }

        /** Of an id by itself. */
        IdHash of(Object id) {
            update(id);
            return digest();
        }

        /** Of an id that is told from equal ones in another place. */
        IdHash of(String place, Object id) {
            md5.update(place.getBytes(StandardCharsets.UTF_8));
            md5.update((byte) 0);
            update(id);
            return digest();
        }

        private void update(Object id) {
            if (id instanceof Utf8 text) {
                md5.update(text.getBytes(), 0, text.getByteLength());
            } else if (id instanceof List<?> parts) {
                parts.forEach(this::updateBefore);
            } else if (id instanceof ByteBuffer || id instanceof GenericFixed) {
                md5.update(Decimals.unscaled(id));
            } else {
                md5.update(id.toString().getBytes(StandardCharsets.UTF_8));
            }
        }

        /** A part that another may follow: its hash, which is of a known length. */
        private void updateBefore(Object part) {
            IdHash hash = parts().of(part);
            md5.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(hash.high)
                    .putLong(hash.low)
                    .array());
        }

        private Maker parts() {
            if (parts == null) {
                parts = new Maker();
            }
            return parts;
        }

        private IdHash digest() {
            ByteBuffer digest = ByteBuffer.wrap(md5.digest());
            return new IdHash(digest.getLong(), digest.getLong());
        }
    }
}
