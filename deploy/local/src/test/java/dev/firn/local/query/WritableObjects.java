package dev.firn.local.query;

import java.nio.file.Path;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** What an S3 server does to its folder. */
final class WritableObjects extends LocalObjects {
    private static final long serialVersionUID = 1;

    WritableObjects(Path root) {
        super(root);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        OutputFile file = Files.localOutput(path(location).toFile());
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
        path(location).toFile().delete();
    }
}
