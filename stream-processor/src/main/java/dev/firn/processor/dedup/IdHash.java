package dev.firn.processor.dedup;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.avro.util.Utf8;

/** An id by its MD5: at 128 bits, two ids that look the same are not to be expected in the age of the universe. */
record IdHash(long high, long low) {
    /** Makes hashes. Not for several threads. */
    static final class Maker {
        private final MessageDigest md5;

        Maker() {
            try {
                this.md5 = MessageDigest.getInstance("MD5");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has MD5", e);
            }
        }

        IdHash of(Utf8 id) {
            md5.update(id.getBytes(), 0, id.getByteLength());
            ByteBuffer digest = ByteBuffer.wrap(md5.digest());
            return new IdHash(digest.getLong(), digest.getLong());
        }
    }
}
