package dev.firn.local.query;

import dev.firn.embedded.FolderObjects;
import java.nio.file.Path;
import org.apache.iceberg.io.OutputFile;

/** Reads the objects of the local S3 server, so that tables can be read while no server runs. Nothing can be written or deleted. */
final class LocalObjects extends FolderObjects {
    private static final long serialVersionUID = 1;

    LocalObjects(Path root) {
        super(root);
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
