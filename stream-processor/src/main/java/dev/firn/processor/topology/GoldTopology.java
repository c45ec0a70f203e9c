package dev.firn.processor.topology;

import dev.firn.processor.alert.AlertsProcessor;
import dev.firn.processor.dedup.Timed;
import dev.firn.processor.station.StationsProcessor;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;

/** Facts that are not late to a table of gold, in the tasks of the raw partitions: one operator with one store.
 *
 * @param name of the operator
 */
record GoldTopology(String name, String store, String gold, Operator operator) {
    /** Makes the operator. */
    interface Operator {
        /** One more.
         *
         * @param schemaId of the rows
         */
        Processor<byte[], Timed, byte[], byte[]> of(String store, int schemaId);
    }

    static final GoldTopology STATIONS =
            new GoldTopology("stations-use", "stations-use-windows", Topics.GOLD_STATIONS, StationsProcessor::new);
    static final GoldTopology ALERTS =
            new GoldTopology("vehicles-alerts", "vehicles-conditions", Topics.GOLD_ALERTS, AlertsProcessor::new);

    /** @param facts the node whose children get facts that are not late */
    void addTo(Topology topology, Wiring wiring, String facts) {
        int schemaId = wiring.schemaId(gold);
        topology.addProcessor(name, () -> operator.of(store, schemaId), facts)
                .addStateStore(Wiring.heldStore(store), name);
        Wiring.addSink(topology, name + "-gold", gold, name);
    }
}
