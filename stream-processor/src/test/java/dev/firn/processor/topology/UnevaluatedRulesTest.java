package dev.firn.processor.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.contract.Contracts;
import dev.firn.ops.Quarantine;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract may ask for what the processor does not do. It never goes on as if it did. */
class UnevaluatedRulesTest {
    @TempDir
    private Path dir;

    /** The topic, field and rule of each that is said to be without evaluation. */
    private static List<String> said(Fixture firn) {
        return firn.meters.find("firn.processor.rule.unevaluated").counters().stream()
                .map(Counter::getId)
                .map(id -> id.getTag("topic") + " " + id.getTag("field") + " " + id.getTag("rule"))
                .toList();
    }

    /** As the writer's, with another rule about event ids. */
    private static byte[] activity(Fixture firn, String rule) {
        Schema writer = new Schema.Parser()
                .parse(Contracts.schema(Topics.RAW_ACTIVITY).toString().replace("unique(1h)", rule));
        byte[] value = firn.encode(Topics.RAW_ACTIVITY, Events.activity("e1", "s1", Events.START));
        value[4] = (byte) firn.registry.register("x", writer);
        return value;
    }

    @Test
    void shouldEvaluateAllOfTheContractsThatShip() {
        // When
        try (Fixture firn = new Fixture(dir)) {
            // Then
            assertThat(said(firn)).isEmpty();
        }
    }

    @Test
    void shouldRefuseRecordsWhenTheirSchemaDemandsWhatNobodyEvaluates() {
        try (Fixture firn = new Fixture(dir)) {
            // Given
            byte[] value = activity(firn, "references(raw.ids)");

            // When
            firn.sendBytes(Topics.RAW_ACTIVITY, "s1", value);

            // Then
            assertThat(firn.rows(Topics.SILVER_ACTIVITY)).isEmpty();
            assertThat(firn.quarantined()).singleElement().satisfies(row -> {
                assertThat(row.getReason()).isEqualTo("INCOMPATIBLE_SCHEMA");
                assertThat(row.getDetail()).contains("firn.rules", ".event_id: references(raw.ids)", "not evaluated");
                assertThat(row.getValue().array()).isEqualTo(value);
            });
        }
    }

    @Test
    void shouldPassRecordsAndSaySoWhenTheirSchemaOnlyWantsToBeWarned() {
        try (Fixture firn = new Fixture(dir)) {
            // When
            firn.sendBytes(Topics.RAW_ACTIVITY, "s1", activity(firn, "warn: references(raw.ids)"));

            // Then
            assertThat(firn.rows(Topics.SILVER_ACTIVITY)).hasSize(1);
            assertThat(firn.quarantined()).extracting(Quarantine::getReason).isEmpty();
            assertThat(said(firn)).containsExactly("raw.activity event_id warn: references(raw.ids)");
        }
    }
}
