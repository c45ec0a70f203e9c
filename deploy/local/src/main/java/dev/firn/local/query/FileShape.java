package dev.firn.local.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Groups data files by the schema that they were written with. DuckDB finds columns by field id, but takes what is
 * inside a struct by its place: files whose structs differ must not be read together, nor under the table's type.
 */
final class FileShape {
    private FileShape() {}

    /** What is read, by the schema that it has: the table's own where no column holds a struct. */
    static <F> Map<Schema, List<F>> group(Schema table, List<F> files, Function<F, Path> path) {
        if (files.isEmpty()) {
            return Map.of();
        }
        if (!holdsStruct(table)) {
            return Map.of(table, files);
        }
        Map<MessageType, List<F>> shapes = new LinkedHashMap<>();
        for (F file : files) {
            shapes.computeIfAbsent(footer(path.apply(file)), shape -> new ArrayList<>())
                    .add(file);
        }
        Map<Schema, List<F>> groups = new LinkedHashMap<>();
        shapes.forEach((shape, members) -> groups.put(ParquetSchemaUtil.convert(shape), members));
        return groups;
    }

    private static boolean holdsStruct(Schema schema) {
        return TypeUtil.indexById(schema.asStruct()).values().stream()
                .anyMatch(field -> field.type().typeId() == Type.TypeID.STRUCT);
    }

    private static MessageType footer(Path file) {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getFileMetaData().getSchema();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
