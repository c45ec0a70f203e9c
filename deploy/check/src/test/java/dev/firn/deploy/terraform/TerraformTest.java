package dev.firn.deploy.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.deploy.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names that lead to something, whether Terraform is there or not; it parses the files where it is, without its providers. */
class TerraformTest {
    private static final String FOLDER = "deploy/terraform";
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
    private static final Pattern BLOCK = Pattern.compile("(?m)^(resource|data) \"(\\w+)\" \"(\\w+)\" \\{");
    private static final Pattern RESOURCE = Pattern.compile("(?<![\\w.])(data\\.)?(aws_\\w+)\\.(\\w+)");
    private static final Pattern FILE = Pattern.compile("\\$\\{path\\.module}/([\\w./-]+)");

    private final String text = Project.files(FOLDER, ".tf").stream()
            .map(Project::text)
            .map(file -> COMMENT.matcher(file).replaceAll(""))
            .collect(Collectors.joining("\n"));

    @Test
    void shouldDeclareTheVariablesThatAreUsedAndNoOthers() {
        assertThat(names("\\bvar\\.(\\w+)")).isNotEmpty().isEqualTo(names("(?m)^variable \"(\\w+)\""));
    }

    @Test
    void shouldReferToResourcesThatAreDeclared() {
        // Given
        var declared = BLOCK.matcher(text)
                .results()
                .map(block -> ("data".equals(block.group(1)) ? "data." : "") + block.group(2) + "." + block.group(3))
                .collect(Collectors.toSet());

        // When
        var used = RESOURCE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());

        // Then
        assertThat(used).isNotEmpty();
        assertThat(declared).hasSizeGreaterThan(10).containsAll(used);
        assertThat(BLOCK.matcher(text).results()).hasSameSizeAs(declared);
    }

    @Test
    void shouldReadFilesThatAreThere() {
        assertThat(FILE.matcher(text).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(
                        file -> assertThat(Project.path(FOLDER).resolve(file)).exists());
    }

    @Test
    void shouldPinTheProviders() {
        assertThat(text)
                .contains("required_version")
                .containsPattern("source\\s*= \"hashicorp/aws\"\\s+version\\s*= \"~> \\d");
    }

    @Test
    void shouldBeTakenByTerraformAndFormattedAsItFormats() throws IOException, InterruptedException {
        assumeTrue(isThere(), "terraform is not installed");
        var process = new ProcessBuilder(
                        "terraform",
                        "fmt",
                        "-check",
                        "-diff",
                        "-recursive",
                        Project.path(FOLDER).toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private Set<String> names(String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static boolean isThere() {
        return Pattern.compile(":")
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "terraform")));
    }
}
