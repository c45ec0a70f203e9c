package dev.firn.processor.mask;

import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;
import org.apache.avro.util.Utf8;

/** HMAC-SHA-256 of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits. Not for several threads. */
final class KeyedHash {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Mac mac;

    KeyedHash(PiiKey key) {
        this.mac = key.mac();
    }

    Utf8 of(Object text) {
        if (text instanceof Utf8 utf8) {
            mac.update(utf8.getBytes(), 0, utf8.getByteLength());
        } else {
            mac.update(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        byte[] hash = mac.doFinal();
        byte[] digits = new byte[hash.length * 2];
        for (int i = 0; i < hash.length; i++) {
            digits[2 * i] = HEX[(hash[i] >> 4) & 0xf];
            digits[2 * i + 1] = HEX[hash[i] & 0xf];
        }
        return new Utf8(digits);
    }
}
