package dev.firn.local.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.local.PortPlan;
import dev.firn.sink.commit.Decision;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusViewTest {
    private final StatusView view =
            new StatusView(new PortPlan(9000), Clock.fixed(Instant.parse("2026-01-01T00:00:10Z"), ZoneOffset.UTC));

    @Test
    void shouldSayThatAllIsWellWhenItIs() {
        // Given
        var now = observation(Optional.of(new GeneratorStatus("RUNNING", 10, 10)), "FOLLOWING", Map.of());

        // When
        var lines = view.lines(now, now);

        // Then
        assertThat(view.isWell(now)).isTrue();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("bronze.a")
                        .contains("1,000", "4.0 : 1", "2.5 s", "7.0 s ago", "FOLLOWING"));
        assertThat(lines.get(lines.size() - 1)).startsWith("all is well").endsWith("http://127.0.0.1:9003/dashboard/");
    }

    @Test
    void shouldNameAServiceWhenItDoesNotAnswer() {
        // Given
        var now = observation(Optional.empty(), "FOLLOWING", Map.of());

        // When
        var lines = view.lines(now, now);

        // Then
        assertThat(view.isWell(now)).isFalse();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("generator").contains("UNREACHABLE"));
    }

    @Test
    void shouldTellHowToGoOnWhenATableHasStopped() {
        // Given
        var now = observation(
                Optional.of(new GeneratorStatus("RUNNING", 10, 10)),
                "TABLE_DROPPED",
                Map.of("raw.a-0", "TABLE_DROPPED: it is gone"));

        // When
        var lines = view.lines(now, now);

        // Then
        assertThat(view.isWell(now)).isFalse();
        assertThat(lines)
                .contains("bronze.a has stopped: TABLE_DROPPED", "  raw.a-0: TABLE_DROPPED: it is gone")
                .anySatisfy(line -> assertThat(line)
                        .contains("http://127.0.0.1:9003/tables/bronze.a/decision")
                        .contains("\"start-over\""));
    }

    @Test
    void shouldOfferEachDecisionWhenSomeStateWantsIt() {
        // Given
        var states = List.of(
                "SOURCE_TRUNCATED",
                "SOURCE_RECREATED",
                "LEDGER_LOST",
                "TABLE_REPLACED",
                "TABLE_DROPPED",
                "PARTITIONS_ADDED");

        // When
        var offered = states.stream()
                .map(state -> observation(Optional.empty(), state, Map.of("raw.a-0", state)))
                .flatMap(now -> view.lines(now, now).stream())
                .toList();

        // Then
        assertThat(Arrays.stream(Decision.Kind.values()).map(Decision.Kind::text))
                .allSatisfy(kind ->
                        assertThat(offered).anySatisfy(line -> assertThat(line).contains('"' + kind + '"')));
    }

    private static Observation observation(
            Optional<GeneratorStatus> generator, String state, Map<String, String> blocked) {
        var table = new TableStatus(
                "bronze.a", state, blocked, 1_000, 5, 3, 100, 400, 3, 1L, "2026-01-01T00:00:03Z", 1_000L, 2_500L);
        return new Observation(
                1,
                generator,
                Optional.of(new ProcessorStatus("RUNNING", 0, true, 10)),
                Optional.of(new SinkStatus("RUNNING", 5, true, List.of(table))));
    }
}
