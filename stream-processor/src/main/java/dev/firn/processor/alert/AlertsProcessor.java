package dev.firn.processor.alert;

import dev.firn.processor.dedup.Timed;
import dev.firn.processor.pack.Packer;
import dev.firn.processor.pack.RowEncoder;
import dev.firn.processor.pack.Utf8s;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code silver.vehicle_health} that are not late to {@code gold.vehicle_alerts}. A vehicle's reports are all in one
 * partition, and the alerts follow from their order there.
 */
public final class AlertsProcessor extends ContextualProcessor<byte[], Timed, byte[], byte[]> {
    private final String name;
    private final RowEncoder encoder;
    private final Packer packer = new Packer();
    private @Nullable KeyValueStore<byte[], byte[]> store;

    /**
     * @param store of the vehicles' conditions, one that holds its entries
     * @param schemaId under which the registry holds the rows' schema
     */
    public AlertsProcessor(String store, int schemaId) {
        this.name = store;
        this.encoder = new RowEncoder(schemaId, Alert.SCHEMA);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        store = context.getStateStore(name);
    }

    @Override
    public void process(Record<byte[], Timed> record) {
        KeyValueStore<byte[], byte[]> conditions = Objects.requireNonNull(store, "init comes first");
        Report report = Report.of(record.value().flat().row());
        byte[] vehicle = Utf8s.bytes(report.vehicle());
        byte[] before = conditions.get(vehicle);
        Condition condition = before == null ? new Condition() : Condition.unpack(before);
        condition.take(report).forEach(alert -> {
            byte[] row = encoder.encode(alert.row(report));
            context().forward(new Record<>(vehicle, row, record.timestamp()));
        });
        conditions.put(vehicle, condition.pack(packer));
    }
}
