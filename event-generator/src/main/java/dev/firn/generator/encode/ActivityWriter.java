package dev.firn.generator.encode;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Session;
import dev.firn.futuremobility.raw.ViewedProduct;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * Writes activity field by field, because most events are activity and a walk over the schema costs twice as much. Has to
 * follow the contract; a test compares it with Avro's own writer.
 */
final class ActivityWriter {
    private static final int NULL = 0;
    private static final int PRESENT = 1;
    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private ActivityWriter() {}

    static void write(Activity activity, Encoder out) throws IOException {
        out.writeString(activity.getEventId());
        out.writeString(activity.getEventType());
        out.writeLong(micros(activity.getEventTime()));
        session(activity.getSession(), out);
        activity.getUser().customEncode(out);
        activity.getUserAgent().customEncode(out);
        activity.getPage().customEncode(out);
        activity.getLocation().customEncode(out);
        activity.getEngagement().customEncode(out);
        product(activity.getProduct(), out);
        map(activity.getExperiments(), out);
        array(activity.getTags(), out);
    }

    private static void session(Session session, Encoder out) throws IOException {
        out.writeString(session.getId());
        out.writeLong(micros(session.getStartedAt()));
        out.writeString(session.getEntryPath());
        optional(session.getReferrer(), out);
        optional(session.getCampaign(), out);
    }

    private static void product(@Nullable ViewedProduct product, Encoder out) throws IOException {
        out.writeIndex(product == null ? NULL : PRESENT);
        if (product == null) {
            out.writeNull();
            return;
        }
        out.writeString(product.getProductId());
        out.writeBytes(product.getPrice().unscaledValue().toByteArray());
        out.writeString(product.getCurrency());
    }

    private static void optional(@Nullable String text, Encoder out) throws IOException {
        out.writeIndex(text == null ? NULL : PRESENT);
        if (text == null) {
            out.writeNull();
        } else {
            out.writeString(text);
        }
    }

    private static void map(Map<String, String> map, Encoder out) throws IOException {
        out.writeMapStart();
        out.setItemCount(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            out.startItem();
            out.writeString(entry.getKey());
            out.writeString(entry.getValue());
        }
        out.writeMapEnd();
    }

    private static void array(List<String> items, Encoder out) throws IOException {
        out.writeArrayStart();
        out.setItemCount(items.size());
        for (String item : items) {
            out.startItem();
            out.writeString(item);
        }
        out.writeArrayEnd();
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * MICROS + time.getNano() / NANOS_PER_MICRO;
    }
}
