package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A session that grows: events in the order of their time, those of the same time by id. */
final class WebSession {
    private record Moment(long time, Activity activity) {
        boolean isBefore(Moment other) {
            return time != other.time
                    ? time < other.time
                    : activity.getEventId().compareTo(other.activity.getEventId()) < 0;
        }
    }

    private final String id;
    private Moment first;
    private Moment last;
    private @Nullable Moment lastNamed;
    private @Nullable Moment firstPaid;
    private long events = 1;
    private long pages;
    private boolean converted;
    private BigDecimal revenue = new BigDecimal("0.00");

    WebSession(Activity activity, long time) {
        Moment moment = new Moment(time, activity);
        id = activity.getSession().getId();
        first = moment;
        last = moment;
        lastNamed = activity.getUser().getCustomerId() == null ? null : moment;
        String type = activity.getEventType();
        pages = type.equals("page_view") || type.equals("product_view") ? 1 : 0;
        converted = type.equals("purchase");
        if (converted && activity.getProduct() != null) {
            firstPaid = moment;
            revenue = activity.getProduct().getPrice();
        }
    }

    /** Takes in another part of the same session. */
    void join(WebSession other) {
        first = other.first.isBefore(first) ? other.first : first;
        last = last.isBefore(other.last) ? other.last : last;
        if (lastNamed == null || (other.lastNamed != null && lastNamed.isBefore(other.lastNamed))) {
            lastNamed = other.lastNamed;
        }
        if (firstPaid == null || (other.firstPaid != null && other.firstPaid.isBefore(firstPaid))) {
            firstPaid = other.firstPaid;
        }
        events += other.events;
        pages += other.pages;
        converted |= other.converted;
        revenue = revenue.add(other.revenue);
    }

    /** Whether no more than the gap lies between the two. */
    boolean touches(WebSession other, long gap) {
        return other.first.time <= last.time + gap && other.last.time >= first.time - gap;
    }

    String id() {
        return id;
    }

    long endedAt() {
        return last.time;
    }

    static Columns<WebSession> columns() {
        return new Columns<WebSession>()
                .text("session_id", s -> s.id)
                .micros("started_at", s -> s.first.time)
                .micros("ended_at", s -> s.last.time)
                .number("duration_ms", s -> (s.last.time - s.first.time) / 1_000)
                .text(
                        "customer_id",
                        s -> s.lastNamed == null
                                ? null
                                : s.lastNamed.activity.getUser().getCustomerId())
                .text("country", s -> s.first.activity.getLocation().getCountry())
                .text("device_type", s -> s.first.activity.getUserAgent().getDeviceType())
                .number("events", s -> s.events)
                .number("pages", s -> s.pages)
                .text("entry_path", s -> s.first.activity.getPage().getPath())
                .text("exit_path", s -> s.last.activity.getPage().getPath())
                .flag("bounce", s -> s.events == 1)
                .flag("converted", s -> s.converted)
                .decimal("revenue", s -> s.revenue)
                .text("currency", s -> s.firstPaid == null ? null : currency(s.firstPaid.activity));
    }

    boolean isConverted() {
        return converted;
    }

    BigDecimal revenue() {
        return revenue;
    }

    private static @Nullable String currency(Activity purchase) {
        return purchase.getProduct() == null ? null : purchase.getProduct().getCurrency();
    }
}
