package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.ViewedProduct;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code silver.activity_events} and what gold makes of those that are not late. */
final class ActivityEvents {
    private record Row(Activity activity, boolean late) {
        @Nullable
        BigDecimal price() {
            ViewedProduct product = activity.getProduct();
            return product == null ? null : product.getPrice();
        }

        @Nullable
        String productId() {
            ViewedProduct product = activity.getProduct();
            return product == null ? null : product.getProductId();
        }

        @Nullable
        String currency() {
            ViewedProduct product = activity.getProduct();
            return product == null ? null : product.getCurrency();
        }
    }

    private final Watermarks watermarks;
    private final ExpectedTable<Row> table = ExpectedTable.of("silver.activity_events", columns())
            .count("late events", "is_late", Row::late)
            .sum(
                    "milliseconds of dwell",
                    "engagement_dwell_ms",
                    row -> row.activity().getEngagement().getDwellMs());
    private final ExpectedTable<WebSession> sessionsTable = WebSessions.table();
    private final Minutes minutes = new Minutes();
    private final Trends trends = new Trends();
    private final List<WebSessions> sessions = new ArrayList<>();

    ActivityEvents(int partitions, Duration grace) {
        watermarks = new Watermarks(partitions, grace);
        for (int partition = 0; partition < partitions; partition++) {
            sessions.add(new WebSessions(sessionsTable));
        }
    }

    /** Takes in a valid event, in the order of its partition; tells whether it was late. */
    boolean add(Activity activity, int partition) {
        long time = Columns.microsOf(activity.getEventTime());
        boolean late = watermarks.isLate(partition, time);
        table.add(new Row(activity, late));
        if (!late) {
            minutes.add(activity, time);
            trends.add(activity, time);
            sessions.get(partition).add(activity, time);
            watermarks.advance(partition, time);
            minutes.close(watermarks.least());
            trends.close(watermarks.least());
            sessions.get(partition).close(watermarks.of(partition));
        }
        return late;
    }

    List<Expectation> expectations() {
        return Stream.of(
                        table.expectations(),
                        minutes.expectations(),
                        trends.expectations(),
                        sessionsTable.expectations())
                .flatMap(List::stream)
                .toList();
    }

    private static Columns<Row> columns() {
        return new Columns<Row>()
                .text("event_id", row -> row.activity().getEventId())
                .text("event_type", row -> row.activity().getEventType())
                .time("event_time", row -> row.activity().getEventTime())
                .text("session_id", row -> row.activity().getSession().getId())
                .flag("is_late", Row::late)
                .text("user_customer_id", row -> row.activity().getUser().getCustomerId())
                .text(
                        "user_agent_device_type",
                        row -> row.activity().getUserAgent().getDeviceType())
                .text("page_path", row -> row.activity().getPage().getPath())
                .text("location_country", row -> row.activity().getLocation().getCountry())
                .number(
                        "engagement_dwell_ms",
                        row -> row.activity().getEngagement().getDwellMs())
                .text("product_product_id", Row::productId)
                .decimal("product_price", Row::price)
                .text("product_currency", Row::currency);
    }
}
