package dev.firn.processor.quality;

import dev.firn.contract.Contracts;
import dev.firn.processor.pack.RowEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.processor.api.Record;

/** Makes records of {@code ops.quality_by_minute}. Not for several threads. */
final class QualityRow {
    private static final Schema SCHEMA = Contracts.schema("ops.quality_by_minute");
    private final String topic;
    private final int partition;
    private final RowEncoder encoder;

    QualityRow(String topic, int partition, int schemaId) {
        this.topic = topic;
        this.partition = partition;
        this.encoder = new RowEncoder(schemaId, SCHEMA);
    }

    Record<byte[], byte[]> of(long minute, RuleName rule, MinuteCounts.Totals totals, long now) {
        GenericRecord row = new GenericData.Record(SCHEMA);
        row.put("source_topic", topic);
        row.put("partition", partition);
        row.put("minute", TimeUnit.MILLISECONDS.toMicros(minute));
        row.put("field", rule.field());
        row.put("rule", rule.rule());
        row.put("checked", totals.checked);
        row.put("failed", totals.failed);
        row.put("warned", totals.warned);
        return new Record<>(key(minute, rule), encoder.encode(row), now);
    }

    /** All versions of a row have the same, so that they are in one partition, in order. */
    private byte[] key(long minute, RuleName rule) {
        return String.join("|", topic, Integer.toString(partition), Long.toString(minute), rule.field(), rule.rule())
                .getBytes(StandardCharsets.UTF_8);
    }
}
