package dev.firn.processor.enrich;

import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Rows of {@code silver.reviews}: product, length and bucket of the rating. */
public final class ReviewMeasures {
    private static final int POSITIVE_FROM = 4;
    private static final int NEGATIVE_TO = 2;

    private ReviewMeasures() {}

    /** As {@link Extension}. */
    public static void extend(GenericRecord row, Directory known) {
        Product product = Objects.requireNonNull(known.product((Utf8) row.get("product_id")), "waited for");
        row.put("product_name", product.name());
        row.put("product_family", product.family());
        row.put("product_kind", product.kind());
        String text = row.get("text").toString();
        row.put("review_length", text.codePointCount(0, text.length()));
        row.put("rating_bucket", new Utf8(bucket((Integer) row.get("rating"))));
    }

    static String bucket(int rating) {
        if (rating <= NEGATIVE_TO) {
            return "negative";
        }
        return rating < POSITIVE_FROM ? "neutral" : "positive";
    }
}
