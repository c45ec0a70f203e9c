package dev.firn.local.query;

import java.nio.file.Path;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Reads the objects of the local S3 server from its folder, so that tables can be read while no server runs.
 * A bucket is a folder below the root and a key is the path in it. Nothing can be written or deleted.
 */
class LocalObjects implements FileIO {
    private static final long serialVersionUID = 1;

    private final String root;

    LocalObjects(Path root) {
        this.root = root.toAbsolutePath().normalize().toString();
    }

    Path root() {
        return Path.of(root);
    }

    /** The file that holds the object; locations of other schemes than {@code s3} are taken for local paths. */
    Path path(String location) {
        for (String scheme : new String[] {"s3://", "s3a://"}) {
            if (location.startsWith(scheme)) {
                return inRoot(location, location.substring(scheme.length()));
            }
        }
        return Path.of(location.startsWith("file:") ? location.substring("file:".length()) : location);
    }

    private Path inRoot(String location, String bucketAndKey) {
        Path path = Path.of(root, bucketAndKey).normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException("location " + location + " leads out of " + root);
        }
        return path;
    }

    @Override
    public InputFile newInputFile(String location) {
        return new ObjectFile(location, Files.localInput(path(location).toFile()));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        throw new UnsupportedOperationException("tables are only read here: " + location);
    }

    @Override
    public void deleteFile(String location) {
        throw new UnsupportedOperationException("tables are only read here: " + location);
    }
}
