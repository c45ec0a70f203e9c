package dev.firn.deploy.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.deploy.Project;
import dev.firn.quarantine.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunbookTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]+))?\\)");

    private final String text = Project.text("deploy/docs/runbook.md");
    private final List<String> headings =
            HEADING.matcher(text).results().map(match -> match.group(1)).toList();

    @Test
    void shouldHaveSectionForEachStateInWhichTablesStop() throws ClassNotFoundException {
        var states = Class.forName("dev.firn.sink.consume.SourceState$Block").getEnumConstants();
        assertThat(headings)
                .containsAll(Arrays.stream(states).map(String::valueOf).toList());
    }

    @Test
    void shouldHaveSectionForEachAlert() {
        assertThat(headings).containsAll(Alert.all().stream().map(Alert::name).toList());
    }

    @Test
    void shouldExplainEachReasonOfQuarantine() {
        assertThat(Reason.values()).allSatisfy(reason -> assertThat(text).contains("\n| `" + reason + "` |"));
    }

    @Test
    void shouldLinkOnlyToWhatIsThere() {
        var anchors = headings.stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        assertThat(LINK.matcher(text).results()).isNotEmpty().allSatisfy(link -> {
            if (link.group(1).isEmpty()) {
                assertThat(anchors).contains(link.group(2));
            } else {
                assertThat(Project.path("deploy/docs").resolve(link.group(1))).exists();
            }
        });
    }
}
