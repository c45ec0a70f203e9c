package dev.firn.processor.enrich;

import dev.firn.processor.decode.Flat;
import dev.firn.processor.event.Activity;
import dev.firn.processor.pack.Utf8s;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import dev.firn.processor.silver.Completion;
import dev.firn.processor.silver.Outlet;
import dev.firn.processor.silver.SilverColumns;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Completes rows of {@code silver.activity_events}. What is not known of a customer or product stays null. */
public final class ActivityEnrichProcessor extends ContextualProcessor<byte[], Activity, byte[], Object> {
    /** Fields that don't come from the record itself. */
    public static final List<String> FILLED = List.of(
            "customer_tier",
            "customer_country",
            "product_family",
            "is_bot",
            SilverColumns.LATE,
            SilverColumns.WARNINGS,
            SilverColumns.PII_KEY,
            SilverColumns.DOC);

    /** Where to look, and where to. */
    public record Config(ReferenceStores stores, Completion completion, Outlet outlet) {}

    private static final int CUSTOMER_TIER = Activity.position("customer_tier");
    private static final int CUSTOMER_COUNTRY = Activity.position("customer_country");
    private static final int PRODUCT_FAMILY = Activity.position("product_family");
    private static final int AGENT_IS_BOT = Activity.position("user_agent_is_bot");
    private static final int IS_BOT = Activity.position("is_bot");

    private final Config config;
    private @Nullable Directory directory;

    public ActivityEnrichProcessor(Config config) {
        this.config = config;
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
        config.completion.complete(event.original());
        Flat flat = event.original().flat();
        Source source = Sources.current(context(), record, flat.value());
        byte[] key = Utf8s.bytes(event.sessionId());
        if (config.outlet.send(context(), source, key, flat.encoded(), record.timestamp())) {
            event.original().sent().run();
        }
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
