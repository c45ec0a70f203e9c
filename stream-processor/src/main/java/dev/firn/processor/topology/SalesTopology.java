package dev.firn.processor.topology;

import dev.firn.processor.aggregate.SalesCollectProcessor;
import dev.firn.processor.aggregate.SalesMergeProcessor;
import dev.firn.processor.aggregate.Tables;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** Rows of silver.fact_transactions to the tables of what sales add up to. */
final class SalesTopology {
    static final String COLLECT = "sales-collect";
    private static final String SUMS = "sales-sums";
    private static final String SEEN = "sales-seen";
    private static final String BOARDS = "sales-boards";
    private static final String WATERMARKS = "sales-watermarks";
    private static final String GOLD = "-gold";

    private SalesTopology() {}

    /** @param facts the node whose children get the rows, as records */
    static void addTo(Topology topology, Wiring wiring, String facts) {
        addCollect(topology, wiring, facts);
        addMerge(topology, wiring);
    }

    private static void addCollect(Topology topology, Wiring wiring, String facts) {
        String customers = Tables.LOCAL_TOPIC + GOLD;
        SalesCollectProcessor.Config config = new SalesCollectProcessor.Config(
                SUMS,
                SEEN,
                wiring.settings().emitInterval(),
                wiring.settings().salesRetention(),
                wiring.settings().idleTimeout(),
                wiring.sources().apply(Topics.RAW_TRANSACTIONS),
                wiring::schemaId,
                wiring.means().tally().unsent(),
                wiring.means().tally().of(Topics.RAW_TRANSACTIONS),
                "sales-partials",
                customers);
        topology.addProcessor(COLLECT, () -> new SalesCollectProcessor(config), facts)
                .addStateStore(Wiring.heldStore(SUMS), COLLECT)
                .addStateStore(Wiring.heldStore(SEEN), COLLECT);
        topology.addSink(
                "sales-partials",
                Topics.SALES,
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                SalesCollectProcessor.partitioner(),
                COLLECT);
        Wiring.addSink(topology, customers, Tables.LOCAL_TOPIC, COLLECT);
    }

    private static void addMerge(Topology topology, Wiring wiring) {
        SalesMergeProcessor.Config config = new SalesMergeProcessor.Config(
                BOARDS,
                WATERMARKS,
                wiring.settings().partitions().transactions(),
                wiring.settings().salesRetention(),
                wiring.settings().emitInterval(),
                wiring::schemaId,
                wiring.means().tally().unsent(),
                wiring.means().tally().of(Topics.RAW_TRANSACTIONS),
                GOLD);
        Wiring.addSource(topology, "sales-source", Topics.SALES);
        topology.addProcessor("sales-merge", () -> new SalesMergeProcessor(config), "sales-source")
                .addStateStore(Wiring.heldStore(BOARDS), "sales-merge")
                .addStateStore(Wiring.heldStore(WATERMARKS), "sales-merge");
        Tables.MERGED_TOPICS.forEach(topic -> Wiring.addSink(topology, topic + GOLD, topic, "sales-merge"));
    }
}
