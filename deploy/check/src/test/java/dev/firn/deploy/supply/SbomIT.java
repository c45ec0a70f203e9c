package dev.firn.deploy.supply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.deploy.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Needs a build of the whole project with Maven online, which lists what is shipped: else there is no such test, but in CI a failure. */
class SbomIT {
    private static final Path SBOM = Project.path("target/firn-sbom.json");
    private static final List<String> MODULES = List.of(
            ".", "schemas", "event-generator", "stream-processor", "iceberg-sink", "deploy/embedded", "deploy/local");
    private static final Set<String> PERMITTED = Set.of(
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "(CDDL-1.0 OR GPL-2.0-with-classpath-exception)",
            "EPL-2.0",
            "Go License",
            "MIT",
            "MIT-0");

    @BeforeEach
    void needsListOfThisBuild() {
        assumeTrue(
                System.getenv("CI") != null || isThere(), "no list of this build: mvn verify, without -o, makes one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-generator", "stream-processor", "iceberg-sink"})
    void shouldListEveryJarThatServiceBrings(String service) throws IOException {
        // Given
        var listed = components().stream().map(SbomIT::jar).collect(Collectors.toSet());

        // When
        var brought = Project.files(service + "/target/lib", ".jar").stream()
                .map(jar -> jar.getFileName().toString())
                .toList();

        // Then
        assertThat(brought)
                .hasSizeGreaterThan(20)
                .allSatisfy(jar -> assertThat(listed)
                        .anySatisfy(component -> assertThat(jar).matches(component)));
    }

    @Test
    void shouldTellDigestOfWhatOthersHaveMade() throws IOException {
        assertThat(components())
                .filteredOn(component -> !component.path("group").asText().equals("dev.firn"))
                .hasSizeGreaterThan(100)
                .allSatisfy(component -> assertThat(component.path("hashes").findValuesAsText("alg"))
                        .contains("SHA-256"));
    }

    @Test
    void shouldShipNothingWhoseLicenceDoesNotPermitIt() throws IOException {
        assertThat(components())
                .isNotEmpty()
                .allSatisfy(component -> assertThat(licences(component))
                        .as(component.path("purl").asText())
                        .containsAnyElementsOf(PERMITTED));
    }

    private static boolean isThere() {
        return Files.exists(SBOM) && MODULES.stream().noneMatch(module -> isNewer(Project.path(module + "/pom.xml")));
    }

    private static boolean isNewer(Path pom) {
        return pom.toFile().lastModified() > SBOM.toFile().lastModified();
    }

    private static List<JsonNode> components() throws IOException {
        var components = new ObjectMapper().readTree(Project.text(SBOM)).path("components");
        return StreamSupport.stream(components.spliterator(), false).toList();
    }

    /** What the file is called, with any classifier. */
    private static String jar(JsonNode component) {
        return "\\Q" + component.path("name").asText() + "-"
                + component.path("version").asText() + "\\E(-.+)?\\.jar";
    }

    private static List<String> licences(JsonNode component) {
        return StreamSupport.stream(component.path("licenses").spliterator(), false)
                .flatMap(licence -> List.of("/license/id", "/license/name", "/expression").stream()
                        .map(licence::at))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .toList();
    }
}
