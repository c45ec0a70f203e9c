package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is spared in time is not paid for in storage. */
class FileSizeTest {
    @ParameterizedTest
    @EnumSource(BenchRecords.class)
    void shouldBeNoLargerThanFilesOfOtherWritersWhenRowsAreTheSame(BenchRecords shape) throws IOException {
        // Given
        WriteBenchmark benchmark = new WriteBenchmark();
        benchmark.shape = shape;
        benchmark.makeRecords(30_000);

        // When
        long firn = benchmark.firn();

        // Then
        assertThat(firn)
                .isLessThan(benchmark.icebergGeneric() * 101 / 100)
                .isLessThan(benchmark.icebergAvro() * 101 / 100)
                .isLessThan(benchmark.parquetAvro() * 101 / 100);
    }
}
