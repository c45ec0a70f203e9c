package dev.firn.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.local.supervise.Role;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void shouldBeTheSameWhenSeedAndTimeAre() {
        // When
        var schedule = Schedule.of(everything(7, Duration.ofMinutes(10)));

        // Then
        assertThat(schedule).isEqualTo(Schedule.of(everything(7, Duration.ofMinutes(10))));
        assertThat(schedule).isNotEqualTo(Schedule.of(everything(8, Duration.ofMinutes(10))));
    }

    @Test
    void shouldKillAndFreezeServicesFirst() {
        for (long seed = 0; seed < 100; seed++) {
            // When
            var first = Schedule.of(everything(seed, Duration.ofSeconds(60))).subList(0, 5);

            // Then
            assertThat(first).as("seed " + seed).extracting(Strike::target).contains(Role.GENERATOR, Role.SINK2);
            assertThat(first)
                    .as("seed " + seed)
                    .extracting(strike -> strike.harm().label())
                    .contains("kill");
        }
    }

    @Test
    void shouldStrikeATargetOnlyOnceAtATimeAndHealEverythingInTime() {
        for (long seed = 0; seed < 100; seed++) {
            // Given
            var time = Duration.ofMinutes(10);

            // When
            var strikes = Schedule.of(everything(seed, time));

            // Then
            assertThat(strikes).isSortedAccordingTo(Comparator.comparing(Strike::at));
            assertThat(strikes).allMatch(strike -> strike.end().compareTo(time) <= 0);
            strikes.stream()
                    .collect(Collectors.groupingBy(Strike::target))
                    .values()
                    .forEach(ScheduleTest::requireOneAfterTheOther);
        }
    }

    @Test
    void shouldKillAndFreezeEachProcessAndOutlastTimeoutsWhenThereIsTime() {
        // When
        var strikes = Schedule.of(everything(1, Duration.ofMinutes(20)));

        // Then
        for (var label : List.of("kill", "freeze")) {
            assertThat(strikes.stream()
                            .filter(strike -> strike.harm().label().equals(label))
                            .map(Strike::target))
                    .containsAll(Victims.all());
        }
        assertThat(strikes).anyMatch(strike -> strike.time().toSeconds() >= 60);
    }

    @Test
    void shouldOnlyKillWhatItIsToldWhenItIsTold() {
        // Given
        var kill = List.of(Role.PROCESSOR, Role.SINK);

        // When
        var strikes = Schedule.of(new ChaosOptions(7, Duration.ofMinutes(5), 1, kill));

        // Then
        assertThat(strikes).extracting(strike -> strike.harm().label()).containsOnly("kill");
        for (var role : kill) {
            assertThat(strikes).filteredOn(strike -> strike.target() == role).hasSizeGreaterThanOrEqualTo(8);
        }
        assertThat(strikes).extracting(Strike::target).isSubsetOf(kill);
    }

    private static ChaosOptions everything(long seed, Duration time) {
        return new ChaosOptions(seed, time, 1, List.of());
    }

    private static void requireOneAfterTheOther(List<Strike> ofOneTarget) {
        for (var i = 1; i < ofOneTarget.size(); i++) {
            assertThat(ofOneTarget.get(i).at())
                    .isGreaterThan(ofOneTarget.get(i - 1).end());
        }
    }
}
