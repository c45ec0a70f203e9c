package dev.firn.processor.topology;

import dev.firn.contract.Rule;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.enrich.FactRow;
import dev.firn.processor.enrich.TransactionJoinProcessor;
import java.util.Map;
import org.apache.kafka.streams.Topology;

/** raw.transactions to silver.fact_transactions, and on to what sales add up to. */
final class TransactionsTopology {
    private static final String WAITING = "transactions-waiting";

    /** What the join looks up. */
    private static final KeptElsewhere JOIN = new KeptElsewhere(
            rule -> false,
            Map.of(
                    "customer_id", new Rule.References(Topics.RAW_CUSTOMERS),
                    "product_id", new Rule.References(Topics.RAW_PRODUCTS)));

    private TransactionsTopology() {}

    static void addTo(Topology topology, Wiring wiring) {
        Intake.Shape shape = wiring.shape(Topics.RAW_TRANSACTIONS, Topics.SILVER_TRANSACTIONS, FactRow.FILLED, JOIN);
        wiring.addIntake(topology, "transactions", shape, true, "transactions-join");
        TransactionJoinProcessor.Config config = new TransactionJoinProcessor.Config(
                Wiring.REFERENCE_STORES,
                WAITING,
                wiring.settings().referenceWait(),
                wiring.settings().referenceRetry(),
                wiring.arrivals(),
                wiring.references(),
                shape,
                wiring.means(),
                wiring.outlet(Topics.RAW_TRANSACTIONS, "transactions-silver", "transactions-quarantine"),
                SalesTopology.COLLECT);
        topology.addProcessor("transactions-join", () -> new TransactionJoinProcessor(config), "transactions-intake")
                .addStateStore(Wiring.store(WAITING), "transactions-join");
        Wiring.addSink(topology, "transactions-silver", Topics.SILVER_TRANSACTIONS, "transactions-join");
        SalesTopology.addTo(topology, wiring, "transactions-join");
        wiring.addQuarantine(
                topology, "transactions", Topics.RAW_TRANSACTIONS, "transactions-intake", "transactions-join");
    }
}
