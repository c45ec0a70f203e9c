package dev.firn.deploy.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionTest {
    @Test
    void shouldNeedMetricsAndLabelsAndNoFunctionsWhenReadFromExpression() {
        // Given
        var expression = new Expression(
                "sum by (table, outcome) (rate(a_seconds_count{outcome=~\"x|y\", job=\"z\"}[10m]))"
                        + " / on (table) group_left sum by (table) (b_total > 0.5) and time() - deriv((c)[15m:1m]) > on (rule) (d:recorded or e * 0)");

        // When
        var needs = expression.needs();

        // Then
        assertThat(needs)
                .containsExactlyInAnyOrder(
                        "a_seconds_count", "a_seconds_count{outcome}", "a_seconds_count{job}", "b_total", "c", "e");
        assertThat(expression.groupings()).containsExactlyInAnyOrder("table", "outcome", "rule");
    }

    @Test
    void shouldMissWhatWasNotToldWhenScraped() {
        // Given
        var scrape = new Scrape();
        scrape.add("# TYPE firn_a_total counter\nfirn_a_total{table=\"x.y\",rule=\"one-of(\\\"}\\\")\"} 1.0\nb 2\n");

        // When
        var missing =
                scrape.missing(new Expression("sum by (rule, other) (firn_a_total{table=\"q\", field=\"r\"}) + b + c"));

        // Then
        assertThat(missing).containsExactlyInAnyOrder("firn_a_total{field}", "c", "{other}");
        assertThat(scrape.ownFamilies()).containsExactly("firn_a_total");
    }
}
