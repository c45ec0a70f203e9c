package dev.firn.sink.write;

import dev.firn.serde.WireFormat;
import dev.firn.sink.table.TableKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetAvroWriter;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The ways to write the same rows with what the libraries offer. Each answers with the file's size. */
public final class Rivals {
    private final Schema rowSchema;
    private final Table table;
    private final GenericDatumReader<GenericRecord> reader;
    private final GenericDatumReader<GenericRecord> logicalReader;
    private final Function<Object, Object> toIceberg;
    private @Nullable BinaryDecoder decoder;
    private @Nullable GenericRecord reused;

    Rivals(Schema schema, Table table) {
        this.table = table;
        rowSchema = withOrigin(schema);
        reader = new GenericDatumReader<>(schema);
        GenericData logical = new GenericData();
        logical.addLogicalTypeConversion(new Conversions.DecimalConversion());
        logicalReader = new GenericDatumReader<>(schema, schema, logical);
        toIceberg = IcebergValues.of(rowSchema, table.schema().asStruct());
    }

    /** Into a table in memory. */
    public static Rivals inMemory(Schema schema, TableKind kind) {
        return new Rivals(schema, new Sandbox(kind).table(schema));
    }

    private static Schema withOrigin(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("_topic", Schema.create(Schema.Type.STRING)));
        fields.add(new Schema.Field("_kafka_partition", Schema.create(Schema.Type.INT)));
        fields.add(new Schema.Field("_offset", Schema.create(Schema.Type.LONG)));
        return Schema.createRecord(schema.getName(), null, null, false, fields);
    }

    /** The record's values, and behind them where it came from. */
    private GenericRecord row(ConsumerRecord<byte[], byte[]> record, GenericDatumReader<GenericRecord> by)
            throws IOException {
        byte[] value = record.value();
        decoder =
                DecoderFactory.get().binaryDecoder(value, WireFormat.HEADER, value.length - WireFormat.HEADER, decoder);
        GenericRecord datum = by.read(reused, decoder);
        reused = datum;
        GenericRecord row = new GenericData.Record(rowSchema);
        int fields = datum.getSchema().getFields().size();
        for (int i = 0; i < fields; i++) {
            row.put(i, datum.get(i));
        }
        row.put(fields, record.topic());
        row.put(fields + 1, record.partition());
        row.put(fields + 2, record.offset());
        return row;
    }

    public long icebergGeneric(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        DataWriter<Record> writer = icebergs(type -> GenericParquetWriter.create(table.schema(), type));
        try (writer) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                writer.write((Record) toIceberg.apply(row(record, reader)));
            }
        }
        return finish(writer);
    }

    long icebergAvro(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        DataWriter<GenericRecord> writer = icebergs(ParquetAvroWriter::buildWriter);
        try (writer) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                writer.write(row(record, logicalReader));
            }
        }
        return finish(writer);
    }

    private <T> DataWriter<T> icebergs(Function<MessageType, ParquetValueWriter<?>> how) throws IOException {
        return Parquet.writeData(table.io().newOutputFile(table.location() + "/rival.parquet"))
                .forTable(table)
                .withSpec(PartitionSpec.unpartitioned())
                .createWriterFunc(how)
                .overwrite()
                .build();
    }

    private long finish(DataWriter<?> writer) {
        table.io().deleteFile(table.location() + "/rival.parquet");
        return writer.toDataFile().fileSizeInBytes();
    }

    long parquetAvro(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
        InMemory file = new InMemory();
        ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(file)
                .withSchema(rowSchema)
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .config("parquet.avro.write-old-list-structure", "false")
                .build();
        try (writer) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                writer.write(row(record, reader));
            }
        }
        return file.bytes.size();
    }

    private static final class InMemory implements OutputFile {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return bytes.size();
                }

                @Override
                public void write(int b) {
                    bytes.write(b);
                }

                @Override
                public void write(byte[] from, int offset, int length) {
                    bytes.write(from, offset, length);
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
