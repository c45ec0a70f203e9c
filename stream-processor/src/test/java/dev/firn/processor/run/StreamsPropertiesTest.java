package dev.firn.processor.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.processor.quarantine.Failures;
import dev.firn.processor.topology.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {
    private static @Nullable Object transactionTimeout(Map<String, String> clients) {
        Duration second = Duration.ofSeconds(1);
        ContractSettings contracts =
                new ContractSettings(Pattern.compile("x"), second, 1, 1, 1, second, second, second, second, second, 1);
        EngineConfig config = new EngineConfig(
                "app", clients, Path.of("x"), null, 1, second, 1, 1, 1, -1, Settings::defaults, true, contracts);
        Failures failures = new Failures("quarantine", Map.of(), node -> false);
        return new StreamsConfig(StreamsProperties.of(config, failures))
                .getProducerConfigs("id")
                .get(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
    }

    @Test
    void shouldLeaveATransactionTimeToOutlastAStallAndAQuestionToTheRegistry() {
        assertThat(transactionTimeout(Map.of("bootstrap.servers", "b:1"))).isEqualTo(30_000);
        assertThat(Engine.OUTAGE_LIMIT).isLessThanOrEqualTo(StreamsProperties.TRANSACTION_TIMEOUT.dividedBy(2));
    }

    @Test
    void shouldTakeTheOperatorsWordForIt() {
        assertThat(transactionTimeout(Map.of("bootstrap.servers", "b:1", "producer.transaction.timeout.ms", "60000")))
                .isEqualTo("60000");
    }
}
