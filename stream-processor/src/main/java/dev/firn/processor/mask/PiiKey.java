package dev.firn.processor.mask;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that personal data is hashed with. Never shown. */
public final class PiiKey {
    private static final String ALGORITHM = "HmacSHA256";
    /** What no personal data looks like. */
    private static final String NAME = "\0firn key id\0";

    private static final int ID_BYTES = 4;

    private final SecretKeySpec key;

    /** A key of the text's UTF-8 bytes.
     *
     * @throws IllegalArgumentException if it is blank
     */
    public PiiKey(String secret) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the key for hashing personal data is blank");
        }
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Tells this key from others, and says nothing about it: eight hexadecimal digits. */
    public String id() {
        byte[] hash = mac().doFinal(NAME.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    /** For one thread. */
    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "PiiKey[***]";
    }
}
