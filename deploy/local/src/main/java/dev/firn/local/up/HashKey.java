package dev.firn.local.up;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that personal data is hashed with: one per data directory, made on first use, readable by its owner only. */
final class HashKey {
    private static final int BYTES = 32;

    private HashKey() {}

    /** The secret that the file holds, from now on the same. */
    static String in(Path file) throws IOException {
        if (!Files.exists(file)) {
            var secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file).trim();
    }
}
