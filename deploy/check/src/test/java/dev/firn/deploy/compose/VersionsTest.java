package dev.firn.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.deploy.Project;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is deployed is of the versions that it is built for and tested with, wherever it is named. */
class VersionsTest {
    private static final Pattern PARENT = Pattern.compile("<artifactId>firn-parent</artifactId>\\s*<version>([^<]+)<");

    private final String pom = Project.text("pom.xml");

    @Test
    void shouldNameImagesOfTheVersionThatIsBuilt() {
        // Given
        var built = group(PARENT, pom).replace("-SNAPSHOT", "");

        // When
        var named = Stream.concat(composed(), kustomized()).toList();

        // Then
        assertThat(named).hasSize(6).allSatisfy(image -> assertThat(image).endsWith(":" + built));
        assertThat(named.stream().distinct()).hasSize(3);
        assertThat(pom).contains("<image.tag>" + built + "</image.tag>");
    }

    @ParameterizedTest
    @CsvSource({"kafka, kafka.version", "registry, apicurio.version"})
    void shouldRunServersThatTestsRunWhenComposed(String service, String property) {
        var tested = group(Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<"), pom);
        assertThat(images()).extractingByKey(service).asString().endsWith(":" + tested);
    }

    private static Stream<String> composed() {
        return images().values().stream().filter(image -> image.startsWith("firn/"));
    }

    private static Stream<String> kustomized() {
        return Project.files("deploy/kubernetes", "kustomization.yaml").stream()
                .flatMap(file -> Project.list(Project.yaml(Project.text(file)).get("images")).stream())
                .map(Project::map)
                .map(image -> image.get("name") + ":" + image.get("newTag"));
    }

    private static Map<String, String> images() {
        var images = new TreeMap<String, String>();
        ComposeFile.with(ComposeFile.exampleVariables())
                .services()
                .forEach((name, service) -> images.put(name, String.valueOf(service.get("image"))));
        return images;
    }

    private static String group(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }
}
