package dev.firn.processor.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.RowText;
import dev.firn.processor.pack.Packer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final double WELL = 99;
    private static final double MILD = 20;
    private static final double EVEN = 0.008;
    /** 1 January 2026. */
    private static final long START = 1_767_225_600_000_000L;

    private final List<GenericRecord> rows = new ArrayList<>();
    private Condition condition = new Condition();
    private int reports;

    private void report(double hour, double health, double celsius, @Nullable Double spread, String... faults) {
        Report report = new Report(
                new Utf8("h" + ++reports),
                new Utf8("V1"),
                START + Math.round(hour * 3_600_000_000L),
                health,
                celsius,
                spread,
                Arrays.stream(faults).map(Utf8::new).toList(),
                new Utf8("Fjord"),
                new Utf8("C1"));
        condition.take(report).forEach(alert -> rows.add(alert.row(report)));
        // as after a restart
        condition = Condition.unpack(condition.pack(new Packer()));
    }

    private List<String> alerts() {
        return rows.stream()
                .map(row -> RowText.of(row, "alert_id", "severity", "measured", "threshold", "evidence"))
                .toList();
    }

    @Test
    void shouldSayNothingWhenAllIsWell() {
        // When
        report(0, WELL, 44.9, 0.049);
        report(1, 98.1, 44.9, 0.049, "P1");
        report(2, 98.1, 44.9, null, "P1");

        // Then
        assertThat(alerts()).isEmpty();
    }

    @Test
    void shouldAlertOnceForEachLevelWhenTheBatteryGetsHot() {
        // When
        report(0, WELL, 45, EVEN);
        report(1, WELL, 54.9, EVEN);
        report(2, WELL, 55, EVEN);
        report(3, WELL, 50, EVEN);
        report(4, WELL, 44.9, EVEN);
        report(5, WELL, 60.5, EVEN);

        // Then
        assertThat(alerts())
                .containsExactly(
                        "h1|hot_pack warning 45.0 45.0 battery at 45 °C",
                        "h3|hot_pack critical 55.0 55.0 battery at 55 °C",
                        "h6|hot_pack critical 60.5 55.0 battery at 60.5 °C");
    }

    @Test
    void shouldAlertWhenCellsDrift() {
        // When
        report(0, WELL, MILD, 0.049);
        report(1, WELL, MILD, 0.05);
        report(2, WELL, MILD, null);
        report(3, WELL, MILD, 0.099);
        report(4, WELL, MILD, 0.1);

        // Then
        assertThat(alerts())
                .containsExactly(
                        "h2|cell_spread warning 0.05 0.05 0.05 V between the blocks of cells",
                        "h5|cell_spread critical 0.1 0.1 0.1 V between the blocks of cells");
    }

    @Test
    void shouldAlertWhenTheStateOfHealthFallsWithinNinetyDays() {
        // When
        report(0, 97, MILD, EVEN);
        report(1, 98.4, MILD, EVEN);
        report(24, 97.5, MILD, EVEN);
        report(48, 97.4, MILD, EVEN);
        report(72, 96, MILD, EVEN);
        report(96, 95.4, MILD, EVEN);

        // Then
        assertThat(alerts())
                .containsExactly(
                        "h4|falling_health warning 1.0 1.0 state of health 97.4 % after 98.4 % on 2026-01-01",
                        "h6|falling_health critical 3.0 3.0 state of health 95.4 % after 98.4 % on 2026-01-01");
    }

    @Test
    void shouldCompareAnewWhenNinetyDaysHavePassed() {
        // When
        report(0, 98, MILD, EVEN);
        report(24 * 90, 97.1, MILD, EVEN);
        report(24 * 90 + 0.1, 97, MILD, EVEN);
        report(24 * 91, 96.1, MILD, EVEN);

        // Then
        assertThat(alerts()).isEmpty();
    }

    @Test
    void shouldAlertWhenAFaultIsReportedForTheThirdTimeWithinADay() {
        // When
        report(0, WELL, MILD, EVEN, "P1", "P1");
        report(1, WELL, MILD, EVEN, "P1", "P2");
        report(24, WELL, MILD, EVEN, "P1", "P2");
        report(24.5, WELL, MILD, EVEN, "P1");

        // Then
        assertThat(alerts())
                .containsExactly("h4|repeated_fault|P1 warning 3.0 3.0 P1 in 3 reports of the last 24 hours");
    }

    @Test
    void shouldTellOfTheVehicleWhenItAlerts() {
        // When
        for (int i = 0; i < 10; i++) {
            report(i, WELL, MILD, EVEN, "P1");
        }

        // Then
        assertThat(rows)
                .hasSize(2)
                .last()
                .satisfies(row -> assertThat(RowText.of(
                                row,
                                "rule",
                                "severity",
                                "fault_code",
                                "report_id",
                                "vehicle_id",
                                "vehicle_model",
                                "vehicle_customer_id",
                                "raised_at"))
                        .isEqualTo("repeated_fault critical P1 h10 V1 Fjord C1 " + (START + 9 * 3_600_000_000L)));
    }

    @Test
    void shouldCountTheFallFromTheLastTimeThatItWasAsHighForNinetyDays() {
        // Given
        double day = 24;
        report(0, WELL, MILD, EVEN);
        report(80 * day, WELL, MILD, EVEN);

        // When
        report(170 * day, 98, MILD, EVEN);

        // Then
        assertThat(alerts()).singleElement().asString().contains("falling_health warning 1.0");
    }

    @Test
    void shouldCountAFaultAgainWhenItIsAmongTheNewestHundred() {
        // Given
        report(0, WELL, MILD, EVEN, "P1");
        report(0, WELL, MILD, EVEN, "P1");
        for (int other = 0; other < 98; other++) {
            report(0, WELL, MILD, EVEN, "X" + other);
        }

        // When
        report(0, WELL, MILD, EVEN, "P1");

        // Then
        assertThat(alerts()).singleElement().asString().contains("P1 in 3 reports");
    }
}
