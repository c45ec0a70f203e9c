package dev.firn.processor.event;

import dev.firn.contract.Contracts;
import dev.firn.processor.dedup.Timed;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** A valid event, seen for the first time, as a row of {@code silver.activity_events} that is not yet enriched.
 *
 * @param time event time in epoch microseconds
 * @param watermark of the event's partition, after it: no later event before this counts as in time
 */
public record Activity(GenericRecord row, long time, long watermark, Timed original) {
    public static final Schema SCHEMA = Contracts.schema("silver.activity_events");

    private static final int EVENT_ID = position("event_id");
    private static final int EVENT_TYPE = position("event_type");
    private static final int SESSION_ID = position("session_id");
    private static final int CUSTOMER_ID = position("user_customer_id");
    private static final int DEVICE_TYPE = position("user_agent_device_type");
    private static final int PAGE_PATH = position("page_path");
    private static final int COUNTRY = position("location_country");
    private static final int DWELL = position("engagement_dwell_ms");
    private static final int PRODUCT_ID = position("product_product_id");
    private static final int PRICE = position("product_price");
    private static final int CURRENCY = position("product_currency");

    /** Of a record of {@code raw.activity}. */
    public static Activity of(Timed timed) {
        return new Activity(timed.flat().row(), timed.time(), timed.watermark(), timed);
    }

    /** Where a field stands in the rows. */
    public static int position(String field) {
        return SCHEMA.getField(field).pos();
    }

    public Utf8 eventId() {
        return (Utf8) row.get(EVENT_ID);
    }

    public Utf8 eventType() {
        return (Utf8) row.get(EVENT_TYPE);
    }

    public Utf8 sessionId() {
        return (Utf8) row.get(SESSION_ID);
    }

    public Utf8 deviceType() {
        return (Utf8) row.get(DEVICE_TYPE);
    }

    public Utf8 country() {
        return (Utf8) row.get(COUNTRY);
    }

    public Utf8 pagePath() {
        return (Utf8) row.get(PAGE_PATH);
    }

    public long dwellMillis() {
        return (Long) row.get(DWELL);
    }

    public @Nullable Utf8 customerId() {
        return (Utf8) row.get(CUSTOMER_ID);
    }

    public @Nullable Utf8 productId() {
        return (Utf8) row.get(PRODUCT_ID);
    }

    /** Unscaled bytes of a decimal with two digits. */
    public @Nullable Object price() {
        return row.get(PRICE);
    }

    public @Nullable Utf8 currency() {
        return (Utf8) row.get(CURRENCY);
    }
}
