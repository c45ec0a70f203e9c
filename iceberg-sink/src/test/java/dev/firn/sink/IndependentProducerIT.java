package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.formats.avro.registry.confluent.ConfluentRegistryAvroSerializationSchema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A schema that Firn has never seen, registered and written by Confluent's own client below Flink's serialization. */
class IndependentProducerIT {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
                    {"type": "record", "name": "Turbine", "namespace": "somebody.else", "fields": [
                      {"name": "serial", "type": "string"},
                      {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                      {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["UP", "DOWN"]}},
                      {"name": "site", "type": {"type": "record", "name": "Site", "fields": [
                        {"name": "country", "type": ["null", "string"], "default": null},
                        {"name": "elevation", "type": "float"}]}},
                      {"name": "blades", "type": {"type": "array", "items": "double"}},
                      {"name": "labels", "type": {"type": "map", "values": "string"}}]}
                    """);
    private static final Instant AT = Instant.parse("2026-02-03T04:05:06.789Z");

    private final TestSink test = new TestSink();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void shouldArriveWhenSchemaAndRecordsAreOthers() {
        // Given
        String topic = test.topic("turbines", 2);
        TableIdentifier table = TableIdentifier.parse(topic);
        var flink = ConfluentRegistryAvroSerializationSchema.forGeneric(
                topic + "-value", SCHEMA, TestSink.STACK.registryUrl());
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            values.add(flink.serialize(turbine(i)));
        }

        // When
        test.start();
        test.produce(topic, values);
        test.awaitRows(table, 200);

        // Then
        test.requireOnce(table, 200);
        assertThat(test.rows(table)).allSatisfy(IndependentProducerIT::requireWhole);
        assertThat(test.rows(table).stream().map(row -> row.getField("serial")).distinct())
                .hasSize(200);
        assertThat(test.rows(test.quarantine)).isEmpty();
    }

    private static GenericRecord turbine(int number) {
        GenericRecord site = new GenericData.Record(SCHEMA.getField("site").schema());
        site.put("country", number % 2 == 0 ? "DK" : null);
        site.put("elevation", 12.5f);
        GenericRecord turbine = new GenericData.Record(SCHEMA);
        turbine.put("serial", "T" + number);
        turbine.put("at", AT.toEpochMilli());
        turbine.put("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), "DOWN"));
        turbine.put("site", site);
        turbine.put("blades", List.of(1.5, 2.5, 3.5));
        turbine.put("labels", Map.of("owner", "somebody"));
        return turbine;
    }

    private static void requireWhole(Record row) {
        int number = Integer.parseInt(((String) row.getField("serial")).substring(1));
        Record site = (Record) row.getField("site");
        assertThat(site.getField("country")).isEqualTo(number % 2 == 0 ? "DK" : null);
        assertThat(site.getField("elevation")).isEqualTo(12.5f);
        assertThat(((OffsetDateTime) row.getField("at")).withOffsetSameInstant(ZoneOffset.UTC))
                .isEqualTo(AT.atOffset(ZoneOffset.UTC));
        assertThat(row.getField("state")).isEqualTo("DOWN");
        assertThat(row.getField("blades")).isEqualTo(List.of(1.5, 2.5, 3.5));
        assertThat(row.getField("labels")).isEqualTo(Map.of("owner", "somebody"));
        assertThat(row.getField("_schema_id")).isNotNull();
    }
}
