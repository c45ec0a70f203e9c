package dev.firn.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.deploy.Project;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The images that Maven makes are those that the Dockerfile makes. */
class MavenImagesTest {
    private final String profile = profile();
    private final String dockerfile = Project.text("deploy/docker/Dockerfile");

    @Test
    void shouldHaveTheSameBaseUserAndJvmOptions() {
        assertThat(element("from", profile)).contains("<image>" + docker("FROM (\\S+) AS base") + "</image>");
        assertThat(element("user", profile)).isEqualTo(docker("USER (\\S+)"));
        assertThat(element("JAVA_TOOL_OPTIONS", profile)).isEqualTo(docker("ENV JAVA_TOOL_OPTIONS=\"([^\"]+)\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"event-generator", "stream-processor", "iceberg-sink"})
    void shouldListenOnTheSamePort(String module) {
        var pom = Project.text(module + "/pom.xml");
        assertThat(element("jib.skip", pom)).isEqualTo("false");
        assertThat(dockerfile)
                .containsPattern(
                        "FROM base AS " + module + "\\nENV MICRONAUT_SERVER_PORT=" + element("image.port", pom));
    }

    @Test
    void shouldTakeTheFilesThatTheDockerfileTakes() {
        assertThat(profile)
                .contains("<from>${project.build.directory}/lib</from>", "<into>/app/lib</into>")
                .contains("<include>${project.artifactId}.jar</include>", "<into>/app</into>")
                .contains("<include>healthy</include>", "<into>/usr/local/bin</into>");
        assertThat(Project.path("deploy/docker/image/data")).isDirectory();
        assertThat(Project.path("deploy/docker/healthy")).isExecutable();
    }

    private String docker(String pattern) {
        return first("(?m)^" + pattern, dockerfile);
    }

    private static String profile() {
        return first("<id>images</id>([\\s\\S]*?)</profile>", Project.text("pom.xml"));
    }

    private static String element(String name, String xml) {
        var quoted = Pattern.quote(name);
        return first("<" + quoted + ">([\\s\\S]*?)</" + quoted + ">", xml);
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }
}
