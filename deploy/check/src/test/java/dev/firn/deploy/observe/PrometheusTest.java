package dev.firn.deploy.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.contract.Contracts;
import dev.firn.deploy.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Needs promtool, of Debian's package prometheus: without it there is no such test, but in CI a failure. */
class PrometheusTest {
    private static final Pattern ALERT_IN_TEST = Pattern.compile("alertname: (\\w+)");

    @Test
    void shouldAlertAsTheTestsOfTheRulesSay() throws Exception {
        var tests = Project.files("deploy/prometheus/tests", ".yml");
        assertThat(tests).isNotEmpty();
        for (var test : tests) {
            promtool("test", "rules", test.toString());
        }
    }

    @Test
    void shouldBeTakenByPrometheus() throws Exception {
        for (var rules : Project.files("deploy/prometheus/rules", ".yml")) {
            promtool("check", "rules", rules.toString());
        }
        promtool(
                "check",
                "config",
                "--syntax-only",
                Project.path("deploy/prometheus/prometheus.yml").toString());
    }

    @Test
    void shouldTestEveryAlertBothWays() {
        var tests = Project.files("deploy/prometheus/tests", ".yml").stream()
                .map(Project::text)
                .reduce("", String::concat);
        assertThat(Alert.all()).hasSizeGreaterThan(10).allSatisfy(alert -> {
            var cases = ALERT_IN_TEST
                    .matcher(tests)
                    .results()
                    .filter(match -> match.group(1).equals(alert.name()))
                    .map(match -> tests.substring(match.end())
                            .lines()
                            .skip(1)
                            .findFirst()
                            .orElse(""))
                    .toList();
            assertThat(cases)
                    .as(alert.name())
                    .anySatisfy(next -> assertThat(next).endsWith("exp_alerts:"));
            assertThat(cases)
                    .as(alert.name() + " when all is well")
                    .anySatisfy(next -> assertThat(next).endsWith("exp_alerts: []"));
        });
    }

    @Test
    void shouldSayHowBadItIsAndWhatToReadWhenAlerting() {
        assertThat(Alert.all()).allSatisfy(alert -> {
            assertThat(alert.labels().get("severity")).isIn("page", "warn");
            assertThat(alert.annotations())
                    .containsKey("summary")
                    .containsEntry(
                            "runbook", "deploy/docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT));
        });
    }

    @Test
    void shouldHaveThresholdsOfRulesThatThereAre() {
        var thresholds =
                Project.list(Project.yaml(Project.text("deploy/prometheus/rules/thresholds.yml"))
                                .get("groups"))
                        .stream()
                        .flatMap(group -> Project.list(Project.map(group).get("rules")).stream())
                        .map(rule -> Project.map(Project.map(rule).get("labels")))
                        .toList();
        assertThat(thresholds)
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(Contracts.of(String.valueOf(labels.get("topic")))
                                .rules())
                        .anyMatch(rule -> rule.path().toString().equals(labels.get("field"))
                                && rule.text().equals(labels.get("rule"))));
    }

    @Test
    void shouldShowNothingThatHasNoDatasource() {
        assertThat(Project.files("deploy/grafana/dashboards", ".json"))
                .hasSizeGreaterThan(2)
                .allSatisfy(file -> {
                    var dashboard = Expressions.dashboard(file);
                    assertThat(dashboard.path("uid").asText())
                            .isEqualTo(file.getFileName().toString().replace(".json", ""));
                    assertThat(dashboard.findValuesAsText("uid"))
                            .filteredOn(uid -> !uid.equals(dashboard.path("uid").asText()))
                            .containsOnly("prometheus");
                });
        assertThat(Project.text("deploy/grafana/provisioning/datasources/prometheus.yml"))
                .contains("uid: prometheus");
        assertThat(Expressions.choices())
                .isNotEmpty()
                .allSatisfy(choice -> assertThat(choice).matches("label_values\\(firn_\\w+, \\w+\\)"));
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        assumeTrue(isThere() || System.getenv("CI") != null, "promtool is not installed: apt-get install prometheus");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static boolean isThere() {
        return Pattern.compile(":")
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
    }
}
