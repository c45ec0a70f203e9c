package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;

/** A row of {@code silver.reviews}: a review, and its product. */
record Reviewed(Review review, Product product, boolean late) {
    String bucket() {
        return switch (review.getRating()) {
            case 1, 2 -> "negative";
            case 3 -> "neutral";
            default -> "positive";
        };
    }

    /** What of it is compared. */
    static Columns<Reviewed> columns() {
        return new Columns<Reviewed>()
                .text("review_id", r -> r.review().getReviewId())
                .text("product_id", r -> r.review().getProductId())
                .text("customer_id", r -> r.review().getCustomerId())
                .text("transaction_id", r -> r.review().getTransactionId())
                .number("rating", r -> r.review().getRating())
                .text("title", r -> r.review().getTitle())
                .text("\"text\"", r -> r.review().getText())
                .time("reviewed_at", r -> r.review().getReviewedAt())
                .text("product_name", r -> r.product().getName())
                .text("product_family", r -> r.product().getFamily())
                .text("product_kind", r -> r.product().getKind())
                .number("review_length", r -> r.review().getText().codePoints().count())
                .text("rating_bucket", Reviewed::bucket)
                .flag("is_late", Reviewed::late);
    }
}
