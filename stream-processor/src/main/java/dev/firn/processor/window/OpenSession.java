package dev.firn.processor.window;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Decimals;
import java.math.BigDecimal;
import java.util.Set;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** A session so far. Merging is associative and commutative, so that the order of arrival leaves no trace.
 *
 * @param customer of the last event that has one
 * @param purchase the first purchase of a product
 */
record OpenSession(
        First first,
        Last last,
        @Nullable Last customer,
        @Nullable Last purchase,
        long events,
        long pages,
        boolean converted,
        BigDecimal revenue) {

    private static final Set<Utf8> PAGES = Set.of(new Utf8("page_view"), new Utf8("product_view"));
    private static final Utf8 PURCHASE = new Utf8("purchase");
    private static final int MONEY_SCALE = 2;

    /** What the first event says. */
    record First(Mark at, Utf8 country, Utf8 deviceType, Utf8 path) {}

    /** Something that one event says. */
    record Last(Mark at, Utf8 text) {}

    static OpenSession of(Activity event) {
        Mark at = new Mark(event.time(), event.eventId());
        boolean purchase = PURCHASE.equals(event.eventType());
        Object price = purchase ? event.price() : null;
        return new OpenSession(
                new First(at, event.country(), event.deviceType(), event.pagePath()),
                new Last(at, event.pagePath()),
                said(at, event.customerId()),
                said(at, price == null ? null : event.currency()),
                1,
                PAGES.contains(event.eventType()) ? 1 : 0,
                purchase,
                price == null ? BigDecimal.ZERO.setScale(MONEY_SCALE) : Decimals.of(price, MONEY_SCALE));
    }

    private static @Nullable Last said(Mark at, @Nullable Utf8 text) {
        return text == null ? null : new Last(at, text);
    }

    OpenSession merge(OpenSession other) {
        return new OpenSession(
                first.at.compareTo(other.first.at) <= 0 ? first : other.first,
                last.at.compareTo(other.last.at) >= 0 ? last : other.last,
                later(customer, other.customer),
                earlier(purchase, other.purchase),
                events + other.events,
                pages + other.pages,
                converted || other.converted,
                revenue.add(other.revenue));
    }

    private static @Nullable Last later(@Nullable Last one, @Nullable Last other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.at.compareTo(other.at) >= 0 ? one : other;
    }

    private static @Nullable Last earlier(@Nullable Last one, @Nullable Last other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.at.compareTo(other.at) <= 0 ? one : other;
    }

    /** Epoch microseconds. */
    long start() {
        return first.at.time();
    }

    /** Epoch microseconds. */
    long end() {
        return last.at.time();
    }

    /** Whether the two are one session by this gap, which is inclusive. */
    boolean isNear(OpenSession other, long gap) {
        return other.start() - gap <= end() && start() - gap <= other.end();
    }
}
