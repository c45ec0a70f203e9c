package dev.firn.processor.enrich;

import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Flat;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.pack.WireEncoder;
import dev.firn.processor.quarantine.Rejection;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import dev.firn.quarantine.Reason;
import dev.firn.serde.WireFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of {@code silver.fact_transactions}. A transaction whose customer, product or rate is not there yet waits, by
 * wall clock, then goes to quarantine. Time in which the references were behind does not count.
 */
public final class TransactionJoinProcessor extends ContextualProcessor<byte[], Flat, byte[], Object> {
    /** Where to look, how long, and where to.
     *
     * @param waitStore for those that wait
     * @param patience how long they do, at least
     * @param retry how often they are looked at
     * @param references while these are behind, every transaction waits: what it refers to, and the rate in force, may be
     *     on its way
     * @param schemaId under which the registry holds {@link FactRow#SCHEMA}
     */
    public record Config(
            ReferenceStores stores,
            String waitStore,
            Duration patience,
            Duration retry,
            ReferenceProgress references,
            int schemaId,
            Intake.Shape shape,
            Intake.Means means,
            Outlet outlet) {}

    private final Config config;
    private final Intake intake;
    private final Tally tally;
    private final WireEncoder<GenericRecord> encoder;
    private @Nullable Directory directory;
    private @Nullable Waiting waiting;

    public TransactionJoinProcessor(Config config) {
        this.config = config;
        this.intake = new Intake(config.shape, config.means);
        this.tally = config.means.tally();
        this.encoder = new WireEncoder<>(config.schemaId, new GenericDatumWriter<>(FactRow.SCHEMA));
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        directory = new Directory(context, config.stores);
        KeyValueStore<byte[], byte[]> store = context.getStateStore(config.waitStore);
        waiting = new Waiting(store, tally.waiting());
        context.schedule(config.retry, PunctuationType.WALL_CLOCK_TIME, this::retry);
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        Flat flat = record.value();
        Source source = Sources.current(context(), record, flat.value());
        boolean behind = config.references.currentSince() == ReferenceProgress.BEHIND;
        if (behind || missing(source, flat.row()) != null) {
            waiting().add(source, context().currentSystemTimeMs());
        }
    }

    private void retry(long now) {
        long currentSince = config.references.currentSince();
        if (currentSince == ReferenceProgress.BEHIND) {
            return;
        }
        waiting().look((source, since) -> {
            byte[] value = Objects.requireNonNull(source.value(), "only records with a value wait");
            String missing = missing(source, intake.again(value).row());
            boolean expired = now - Math.max(since, currentSince) >= config.patience.toMillis();
            if (missing != null && expired) {
                reject(source, value, missing);
            }
            return missing == null || expired;
        });
    }

    /** Sends the row on if all is there that it refers to; else says which field refers to nothing. */
    private @Nullable String missing(Source source, GenericRecord row) {
        Directory known = Objects.requireNonNull(directory, "init comes first");
        Customer customer = known.customer((Utf8) row.get("customer_id"));
        if (customer == null) {
            return "customer_id";
        }
        Product product = known.product((Utf8) row.get("product_id"));
        if (product == null) {
            return "product_id";
        }
        BigDecimal rate = known.toUsd((Utf8) row.get("currency"), (Long) row.get("transaction_time"));
        if (rate == null) {
            return "currency";
        }
        FactRow.join(row, customer, product);
        FactRow.measure(row, rate);
        Utf8 key = (Utf8) row.get("customer_id");
        config.outlet.send(context(), source, key, encoder.encode(row), source.timestamp());
        return null;
    }

    private void reject(Source source, byte[] value, String field) {
        String detail = "nothing known of what " + field + " refers to after " + config.patience.toMillis() + " ms";
        Rejection rejection = new Rejection(Reason.BROKEN_REFERENCE, detail, field, WireFormat.schemaId(value));
        context()
                .forward(config.outlet.rejects().of(source, rejection, source.timestamp()), config.outlet.quarantine());
    }

    private Waiting waiting() {
        return Objects.requireNonNull(waiting, "init comes first");
    }

    @Override
    public void close() {
        if (waiting != null) {
            waiting.close();
        }
    }
}
