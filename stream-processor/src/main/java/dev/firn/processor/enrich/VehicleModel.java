package dev.firn.processor.enrich;

import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Rows of {@code silver.dim_vehicle}: the product that the vehicle is one of. */
public final class VehicleModel {
    private VehicleModel() {}

    /** As {@link Extension}. */
    public static void extend(GenericRecord row, Directory known) {
        Product product = Objects.requireNonNull(known.product((Utf8) row.get("product_id")), "waited for");
        row.put("product_name", product.name());
        row.put("product_family", product.family());
        row.put("model", product.model());
    }
}
