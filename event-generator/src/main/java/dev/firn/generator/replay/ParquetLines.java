package dev.firn.generator.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file, by their own types: decimals and times as such. */
final class ParquetLines implements Lines {
    private static final GenericData TYPES = types();

    private final ParquetReader<GenericRecord> rows;
    private final List<String> names;
    private final long count;
    private long number;

    ParquetLines(Path path) throws IOException {
        InputFile file = new LocalInputFile(path);
        try (ParquetFileReader footer = ParquetFileReader.open(
                file,
                ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
            count = footer.getRecordCount();
            names = footer.getFileMetaData().getSchema().getFields().stream()
                    .map(Type::getName)
                    .toList();
        }
        rows = AvroParquetReader.<GenericRecord>builder(file, new PlainParquetConfiguration())
                .withDataModel(TYPES)
                // else logical types are left out
                .withCompatibility(false)
                .build();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public @Nullable Line next() throws IOException {
        GenericRecord row = rows.read();
        return row == null ? null : new Line.Row(++number, fields(row));
    }

    @Override
    public double done() {
        return count == 0 ? 1 : (double) number / count;
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private static Map<String, @Nullable Object> fields(GenericRecord row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Schema.Field field : row.getSchema().getFields()) {
            values.put(field.name(), plain(row.get(field.pos())));
        }
        return values;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof GenericRecord row) {
            return fields(row);
        }
        if (value instanceof Collection<?> items) {
            return items.stream().map(ParquetLines::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, item) -> values.put(String.valueOf(key), plain(item)));
            return values;
        }
        if (value instanceof GenericFixed fixed) {
            return ByteBuffer.wrap(fixed.bytes());
        }
        return value instanceof CharSequence || value instanceof GenericEnumSymbol<?> ? value.toString() : value;
    }

    private static GenericData types() {
        GenericData types = new GenericData();
        types.addLogicalTypeConversion(new Conversions.DecimalConversion());
        types.addLogicalTypeConversion(new Conversions.UUIDConversion());
        types.addLogicalTypeConversion(new TimeConversions.DateConversion());
        types.addLogicalTypeConversion(new TimeConversions.TimeMillisConversion());
        types.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        types.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        types.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        types.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
        types.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        types.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        types.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
        return types;
    }
}
