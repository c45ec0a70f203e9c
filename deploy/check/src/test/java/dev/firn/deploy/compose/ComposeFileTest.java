package dev.firn.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.firn.deploy.Project;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeFileTest {
    private static final Pattern PINNED = Pattern.compile(".+:v?\\d[\\w.-]*");
    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|access.?key|pii.?key).*");
    private static final Pattern ENV_OF_TRINO = Pattern.compile("\\$\\{ENV:(\\w+)}");

    private final ComposeFile file = ComposeFile.with(ComposeFile.exampleVariables());

    @Test
    void shouldFollowTheComposeSpecification() throws IOException {
        // Given
        var schema = specification();

        // When
        var faults = schema.validate(new ObjectMapper().valueToTree(file.root()));

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldBeRefusedBySchemaWhenKeyIsUnknown() throws IOException {
        // Given
        var schema = specification();

        // When
        var faults = schema.validate(new ObjectMapper()
                .valueToTree(Map.of("services", Map.of("a", Map.of("imagge", "b:1")))));

        // Then
        assertThat(faults).isNotEmpty();
    }

    @Test
    void shouldPinTheVersionOfEveryImage() {
        assertThat(file.services())
                .allSatisfy((name, service) ->
                        assertThat(String.valueOf(service.get("image"))).matches(PINNED));
    }

    @Test
    void shouldPublishPortsOnLoopbackOnly() {
        assertThat(file.services())
                .allSatisfy((name, service) -> assertThat(Project.list(service.get("ports")))
                        .allSatisfy(port -> assertThat(String.valueOf(port)).startsWith("127.0.0.1:")));
    }

    @Test
    void shouldStartInOrderOfHealth() {
        assertThat(file.services())
                .allSatisfy((name, service) -> assertThat(Project.map(service.get("depends_on")))
                        .allSatisfy((other, how) -> assertThat(file.service(other))
                                .as(other)
                                .containsKey(
                                        "service_healthy"
                                                        .equals(Project.map(how).get("condition"))
                                                ? "healthcheck"
                                                : "command")));
        assertThat(file.services().keySet().stream()
                        .filter(name -> !file.service(name).containsKey("healthcheck")))
                .as("ends when it is done")
                .containsExactly("bucket");
    }

    @Test
    void shouldLimitMemoryAndLogsOfEveryService() {
        assertThat(file.services())
                .allSatisfy((name, service) -> assertThat(service).containsKey("logging"));
        assertThat(file.services().entrySet().stream()
                        .filter(service -> !service.getValue().containsKey("mem_limit"))
                        .map(Map.Entry::getKey))
                .containsExactly("bucket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"generator", "processor", "sink"})
    void shouldContainOurServices(String name) {
        assertThat(file.service(name))
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"));
    }

    @Test
    void shouldTakeEverySecretFromTheEnvironment() {
        // Given
        var asked = ComposeFile.variables();
        var written = ComposeFile.with(markers(asked.keySet()));

        // When
        var secrets = written.services().keySet().stream()
                .flatMap(service -> written.environment(service).entrySet().stream())
                .filter(entry -> SECRET.matcher(entry.getKey()).matches())
                .filter(entry -> !entry.getValue().startsWith("urn:nessie-secret:"));

        // Then
        assertThat(secrets)
                .isNotEmpty()
                .allSatisfy(
                        entry -> assertThat(entry.getValue()).as(entry.getKey()).matches("\\w+ of the environment"));
        assertThat(asked)
                .allSatisfy((name, text) -> assertThat(text)
                        .matches(SECRET.matcher(name).matches() ? "\\$\\{\\w+:\\?see .env.example}" : ".*"));
    }

    @Test
    void shouldExplainEveryVariableInTheExampleAndNoOther() {
        assertThat(ComposeFile.exampleVariables().keySet())
                .isEqualTo(ComposeFile.variables().keySet());
    }

    @Test
    void shouldMountOnlyWhatIsThere() {
        var mounts = file.services().values().stream()
                .flatMap(service -> Project.list(service.get("volumes")).stream())
                .map(String::valueOf)
                .map(mount -> mount.substring(0, mount.indexOf(':')))
                .toList();
        assertThat(mounts)
                .filteredOn(source -> source.startsWith("./"))
                .isNotEmpty()
                .allSatisfy(
                        source -> assertThat(Project.path(source.substring(2))).exists());
        assertThat(mounts)
                .filteredOn(source -> !source.startsWith("./"))
                .containsExactlyInAnyOrderElementsOf(
                        Project.map(file.root().get("volumes")).keySet());
    }

    @Test
    void shouldGiveKafkaSettingsThatItTakes() {
        // Given
        var properties = new Properties();
        file.environment("kafka").entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith("KAFKA_") && !entry.getKey().equals("KAFKA_HEAP_OPTS"))
                .forEach(entry -> properties.setProperty(
                        entry.getKey()
                                .substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        entry.getValue()));

        // When
        var config = KafkaConfig.fromProps(properties);

        // Then
        assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(properties.stringPropertyNames());
        assertThat(config.processRoles().size()).isEqualTo(2);
    }

    @Test
    void shouldGiveTrinoTheSecretsThatItsCatalogReads() {
        assertThat(ENV_OF_TRINO
                        .matcher(Project.text("deploy/docker/trino/firn.properties"))
                        .results())
                .isNotEmpty()
                .allSatisfy(match -> assertThat(file.environment("trino")).containsKey(match.group(1)));
    }

    private static JsonSchema specification() throws IOException {
        var schema = new ObjectMapper().readTree(ComposeFileTest.class.getResource("/compose-spec.json"));
        // the dialect's address is spelled in a way that the validator does not know
        return JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(((ObjectNode) schema).without(List.of("$schema", "$id")));
    }

    private static Map<String, String> markers(Set<String> names) {
        return names.stream().collect(Collectors.toMap(name -> name, name -> name + " of the environment"));
    }
}
