package dev.firn.sink.parquet;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** How a table's files are laid out: by its schema, and by its {@code write.parquet.*} properties as Iceberg defines them. */
public final class ParquetLayout {
    private final Schema schema;
    private final MessageType type;
    private final Map<String, String> table;
    private final ParquetProperties properties;

    /** Throws IllegalArgumentException for properties that make no sense. */
    public ParquetLayout(Schema schema, Map<String, String> table) {
        this.schema = schema;
        this.table = Map.copyOf(table);
        this.type = ParquetSchemaUtil.convert(schema, "table");
        this.properties = fromTable();
    }

    private ParquetProperties fromTable() {
        ParquetProperties.Builder builder = ParquetProperties.builder()
                .withPageSize(number(
                        TableProperties.PARQUET_PAGE_SIZE_BYTES, TableProperties.PARQUET_PAGE_SIZE_BYTES_DEFAULT))
                .withPageRowCountLimit(
                        number(TableProperties.PARQUET_PAGE_ROW_LIMIT, TableProperties.PARQUET_PAGE_ROW_LIMIT_DEFAULT))
                .withDictionaryPageSize(number(
                        TableProperties.PARQUET_DICT_SIZE_BYTES, TableProperties.PARQUET_DICT_SIZE_BYTES_DEFAULT))
                .withDictionaryEncoding(PropertyUtil.propertyAsBoolean(table, "parquet.enable.dictionary", true))
                .withMaxBloomFilterBytes(number(
                        TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES,
                        TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES_DEFAULT))
                .withAdaptiveBloomFilterEnabled(PropertyUtil.propertyAsBoolean(
                        table,
                        TableProperties.PARQUET_BLOOM_FILTER_ADAPTIVE_ENABLED,
                        TableProperties.PARQUET_BLOOM_FILTER_ADAPTIVE_ENABLED_DEFAULT));
        forColumns(
                TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX,
                (column, value) -> builder.withBloomFilterEnabled(column, Boolean.parseBoolean(value)));
        forColumns(
                TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX,
                (column, value) -> builder.withBloomFilterFPP(column, Double.parseDouble(value)));
        forColumns(
                TableProperties.PARQUET_BLOOM_FILTER_COLUMN_NDV_PREFIX,
                (column, value) -> builder.withBloomFilterNDV(column, Long.parseLong(value)));
        forColumns(
                TableProperties.PARQUET_COLUMN_STATS_ENABLED_PREFIX,
                (column, value) -> builder.withStatisticsEnabled(column, Boolean.parseBoolean(value)));
        forColumns(
                TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX,
                (column, value) -> builder.withDictionaryEncoding(column, Boolean.parseBoolean(value)));
        return builder.build();
    }

    private int number(String property, int otherwise) {
        int value = PropertyUtil.propertyAsInt(table, property, otherwise);
        if (value <= 0) {
            throw new IllegalArgumentException(property + " must be more than 0, not " + value);
        }
        return value;
    }

    /** Parquet's path and the value, for each column of the table that has such a property. */
    private void forColumns(String prefix, BiConsumer<String, String> use) {
        Map<Integer, String> paths = type.getColumns().stream()
                .collect(Collectors.toMap(
                        column -> column.getPrimitiveType().getId().intValue(),
                        column -> String.join(".", column.getPath())));
        PropertyUtil.propertiesWithPrefix(table, prefix).forEach((name, value) -> {
            Types.NestedField field = schema.findField(name);
            String path = field == null ? null : paths.get(field.fieldId());
            if (path != null) {
                use.accept(path, value);
            }
        });
    }

    MessageType type() {
        return type;
    }

    ParquetProperties properties() {
        return properties;
    }

    /** In bytes, 0 for no dictionary. */
    int dictionaryLimit(ColumnDescriptor column) {
        return properties.isDictionaryEnabled(column) ? properties.getDictionaryPageSizeThreshold() : 0;
    }

    long rowGroupSize() {
        return number(
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES_DEFAULT);
    }

    CompressionCodecName codec() {
        String name =
                table.getOrDefault(TableProperties.PARQUET_COMPRESSION, TableProperties.PARQUET_COMPRESSION_DEFAULT);
        return CompressionCodecName.valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Nullable
    String compressionLevel() {
        return table.get(TableProperties.PARQUET_COMPRESSION_LEVEL);
    }

    /** What a file says beside its rows. */
    Map<String, String> footer() {
        return Map.of("iceberg.schema", SchemaParser.toJson(schema));
    }
}
