package dev.firn.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.deploy.Project;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileTest {
    private static final Pattern STAGE = Pattern.compile("(?m)^FROM (\\S+) AS (\\S+)$");

    private final String text = Project.text("deploy/docker/Dockerfile");

    @Test
    void shouldPinTheVersionOfEveryBase() {
        assertThat(STAGE.matcher(text).results())
                .filteredOn(stage -> !stage.group(1).equals("base"))
                .hasSize(2)
                .allSatisfy(stage -> assertThat(stage.group(1)).matches(".+:.*\\d.*"));
    }

    @Test
    void shouldNotRunAsRoot() {
        assertThat(instructions("USER")).containsExactly("10001:10001");
    }

    @ParameterizedTest
    @CsvSource({"generator, event-generator, 8081", "processor, stream-processor, 8082", "sink, iceberg-sink, 8083"})
    void shouldHaveStageForEachServiceOfTheComposeFile(String service, String module, String port) {
        // Given
        var composed = ComposeFile.with(ComposeFile.exampleVariables());

        // When
        var build = Project.map(composed.service(service).get("build"));

        // Then
        assertThat(build).containsEntry("target", module).containsEntry("dockerfile", "deploy/docker/Dockerfile");
        assertThat(composed.service(service)).containsEntry("ports", List.of("127.0.0.1:" + port + ":" + port));
        assertThat(composed.environment(service)).contains(Map.entry("MICRONAUT_SERVER_PORT", port));
        assertThat(stage(module))
                .contains("ENV MICRONAUT_SERVER_PORT=" + port)
                .contains("/src/" + module + "/target/lib lib")
                .contains("/src/" + module + "/target/" + module + ".jar")
                .contains("\"/app/" + module + ".jar\"");
        assertThat(Project.path(module + "/pom.xml")).exists();
    }

    private List<String> instructions(String name) {
        return Pattern.compile("(?m)^" + name + " (.*)$")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private String stage(String name) {
        var from = text.substring(text.indexOf("FROM base AS " + name));
        var next = from.indexOf("\nFROM ");
        return next < 0 ? from : from.substring(0, next);
    }
}
