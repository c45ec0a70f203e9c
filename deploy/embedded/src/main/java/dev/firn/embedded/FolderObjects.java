package dev.firn.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** The objects of an S3 server by its folder, whether it runs or not: a bucket is a folder below the root and a key the path in it. */
public class FolderObjects implements FileIO {
    private static final long serialVersionUID = 1;

    private final String root;

    public FolderObjects(Path root) {
        this.root = root.toAbsolutePath().normalize().toString();
    }

    public Path root() {
        return Path.of(root);
    }

    /** The file that holds the object; locations of other schemes than {@code s3} are taken for local paths. */
    public Path path(String location) {
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
        var file = Files.localOutput(path(location).toFile());
        return new OutputFile() {
            @Override
            public PositionOutputStream create() {
                return file.create();
            }

            @Override
            public PositionOutputStream createOrOverwrite() {
                return file.createOrOverwrite();
            }

            @Override
            public String location() {
                return location;
            }

            @Override
            public InputFile toInputFile() {
                return newInputFile(location);
            }
        };
    }

    @Override
    public void deleteFile(String location) {
        try {
            java.nio.file.Files.deleteIfExists(path(location));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
