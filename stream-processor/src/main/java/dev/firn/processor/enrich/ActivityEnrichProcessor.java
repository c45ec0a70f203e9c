package dev.firn.processor.enrich;

import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.WireEncoder;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Completes rows of {@code silver.activity_events}. What is not known of a customer or product stays null. */
public final class ActivityEnrichProcessor extends ContextualProcessor<byte[], Activity, byte[], Object> {
    /** Fields that don't come from the record itself. */
    public static final List<String> FILLED =
            List.of("customer_tier", "customer_country", "product_family", "is_bot", "is_late", "_doc");

    /** Where to look, and where to.
     *
     * @param schemaId under which the registry holds {@link Activity#SCHEMA} */
    public record Config(ReferenceStores stores, int schemaId, Outlet outlet) {}

    private static final int CUSTOMER_TIER = Activity.position("customer_tier");
    private static final int CUSTOMER_COUNTRY = Activity.position("customer_country");
    private static final int PRODUCT_FAMILY = Activity.position("product_family");
    private static final int AGENT_IS_BOT = Activity.position("user_agent_is_bot");
    private static final int IS_BOT = Activity.position("is_bot");
    private static final int IS_LATE = Activity.position("is_late");
    private static final int DOC = Activity.position("_doc");

    private final Config config;
    private final WireEncoder<GenericRecord> encoder;
    private @Nullable Directory directory;

    public ActivityEnrichProcessor(Config config) {
        this.config = config;
        this.encoder = new WireEncoder<>(config.schemaId, new GenericDatumWriter<>(Activity.SCHEMA));
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        directory = new Directory(context, config.stores);
    }

    @Override
    public void process(Record<byte[], Activity> record) {
        Activity event = record.value();
        join(event, Objects.requireNonNull(directory, "init comes first"));
        GenericRecord row = event.row();
        row.put(IS_BOT, row.get(AGENT_IS_BOT));
        row.put(IS_LATE, event.late());
        row.put(DOC, event.original().document());
        Source source = Sources.current(context(), record, event.original().value());
        config.outlet.send(context(), source, event.sessionId(), encoder.encode(row), record.timestamp());
    }

    private static void join(Activity event, Directory directory) {
        Utf8 customerId = event.customerId();
        Customer customer = customerId == null ? null : directory.customer(customerId);
        if (customer != null) {
            event.row().put(CUSTOMER_TIER, customer.tier());
            event.row().put(CUSTOMER_COUNTRY, customer.country());
        }
        Utf8 productId = event.productId();
        Product product = productId == null ? null : directory.product(productId);
        if (product != null) {
            event.row().put(PRODUCT_FAMILY, product.family());
        }
    }
}
