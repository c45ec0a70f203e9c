package dev.firn.processor.enrich;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Rule;
import dev.firn.processor.count.Tally;
import dev.firn.processor.decode.Flat;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.pack.Utf8s;
import dev.firn.processor.quarantine.Rejection;
import dev.firn.processor.quarantine.Source;
import dev.firn.processor.quarantine.Sources;
import dev.firn.processor.silver.Outlet;
import dev.firn.processor.tick.Ticks;
import dev.firn.processor.wait.Arrivals;
import dev.firn.processor.wait.Guarded;
import dev.firn.processor.wait.Missing;
import dev.firn.processor.wait.ReferenceProgress;
import dev.firn.processor.wait.Slice;
import dev.firn.processor.wait.Waiting;
import dev.firn.quarantine.Reason;
import dev.firn.serde.WireFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of {@code silver.fact_transactions}. A transaction whose customer, product, rate or fiscal date is not there yet waits, by
 * wall clock, then goes to quarantine. Time in which the references were behind does not count.
 */
public final class TransactionJoinProcessor extends ContextualProcessor<byte[], Flat, byte[], Object> {
    /** Where to look, how long, and where to.
     *
     * @param waitStore for those that wait
     * @param patience how long they do, at least
     * @param retry how often those are looked at who may go on
     * @param arrivals tells of what they may wait for
     * @param references while these are behind, every transaction waits: what it refers to, and the rate in force, may be
     *     on its way
     * @param facts child for rows that were sent, as records
     */
    public record Config(
            ReferenceStores stores,
            String waitStore,
            Duration patience,
            Duration retry,
            Arrivals arrivals,
            ReferenceProgress references,
            Intake.Shape shape,
            Intake.Means means,
            Outlet outlet,
            String facts) {}

    /** Of a thread's time, at most, and for each of its tasks, is for those who wait. */
    private static final int SHARE_OF_TIME = 8;

    private final Config config;
    private final Intake intake;
    private final Tally tally;
    private final Waiting.Visitor visitor = new Guarded(
            new Waiting.Visitor() {
                @Override
                public @Nullable Missing visit(Source source) {
                    return join(source, intake.again(value(source), source.topic()));
                }

                @Override
                public void giveUp(Source source, Missing missing) {
                    reject(source, value(source), missing.field());
                }
            },
            this::reject);
    private @Nullable Directory directory;
    private @Nullable Waiting waiting;
    private @Nullable Ticks ticks;

    public TransactionJoinProcessor(Config config) {
        this.config = config;
        this.intake = new Intake(config.shape, config.means);
        this.tally = config.means.tally();
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        directory = new Directory(context, config.stores);
        KeyValueStore<byte[], byte[]> store = context.getStateStore(config.waitStore);
        waiting = new Waiting(store, config.arrivals, tally.waiting());
        ticks = new Ticks(context, config.retry, this::retry);
        ticks.need(waiting.isAny());
    }

    @Override
    public void process(Record<byte[], Flat> record) {
        Flat flat = record.value();
        Source source = Sources.current(context(), record, flat.value());
        if (config.references.currentSince() == ReferenceProgress.BEHIND) {
            await(source, null);
            return;
        }
        Missing missing = join(source, flat);
        if (missing != null) {
            await(source, missing.awaited());
        }
    }

    private void await(Source source, @Nullable Bytes awaited) {
        waiting().add(source, context().currentSystemTimeMs(), awaited);
        ticks().need(true);
    }

    private void retry(long now) {
        Waiting.Now at = Waiting.Now.of(config.references, now, config.patience);
        if (at.currentSince() == ReferenceProgress.BEHIND) {
            return;
        }
        waiting().look(at, Slice.of(config.retry.dividedBy(SHARE_OF_TIME), System::nanoTime), visitor);
        ticks().need(waiting().isAny());
    }

    private static byte[] value(Source source) {
        return Objects.requireNonNull(source.value(), "only records with a value wait");
    }

    /** Sends the row on if all is there that it refers to; else says what is not. */
    private @Nullable Missing join(Source source, Flat flat) {
        GenericRecord row = flat.row();
        Directory known = Objects.requireNonNull(directory, "init comes first");
        Utf8 customerId = (Utf8) row.get("customer_id");
        Customer customer = known.customer(customerId);
        if (customer == null) {
            return new Missing("customer_id", Awaited.customer(customerId));
        }
        Utf8 productId = (Utf8) row.get("product_id");
        Product product = known.product(productId);
        if (product == null) {
            return new Missing("product_id", Awaited.product(productId));
        }
        Utf8 currency = (Utf8) row.get("currency");
        BigDecimal rate = known.toUsd(currency, (Long) row.get("transaction_time"));
        if (rate == null) {
            return new Missing("currency", Awaited.rate(currency));
        }
        int date = FactRow.date(row);
        FiscalDate fiscal = known.fiscal(date);
        if (fiscal == null) {
            return new Missing("transaction_time", Awaited.day(date));
        }
        FactRow.join(row, customer, product, fiscal);
        FactRow.measure(row, rate);
        byte[] key = Utf8s.bytes(customerId);
        if (config.outlet.send(context(), source, key, flat.encoded(), source.timestamp())) {
            context().forward(new Record<>(key, row, source.timestamp()), config.facts);
        }
        return null;
    }

    private void reject(Source source, byte[] value, String field) {
        String detail = "nothing known of what " + field + " refers to after " + config.patience.toMillis() + " ms";
        Rejection rejection = new Rejection(Reason.BROKEN_REFERENCE, detail, field, WireFormat.schemaId(value));
        config.outlet.rejects().failsBy(references(field), source.timestamp(), this::tell);
        reject(source, rejection);
    }

    private void reject(Source source, Rejection rejection) {
        tell(config.outlet.rejects().of(source, rejection, source.timestamp()));
    }

    private void tell(Record<byte[], Object> outcome) {
        context().forward(outcome, config.outlet.quarantine());
    }

    /** Rules that say what the field refers to; none of a field that needs no rule for it. */
    private List<FieldRule> references(String field) {
        return config.shape.contract().get().rules().stream()
                .filter(rule -> rule.rule() instanceof Rule.References
                        && rule.path().toString().equals(field))
                .toList();
    }

    private Ticks ticks() {
        return Objects.requireNonNull(ticks, "init comes first");
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
