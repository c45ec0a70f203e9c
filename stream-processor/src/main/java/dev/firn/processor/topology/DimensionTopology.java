package dev.firn.processor.topology;

import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Target;
import dev.firn.processor.dimension.HistoryProcessor;
import java.util.List;
import org.apache.kafka.streams.Topology;

/** A raw topic of entities to the dimension of their versions, and the newest to what joins look into.
 *
 * @param id field of the business key
 */
record DimensionTopology(String raw, String id, String dimension, ReferenceTopology newest) {
    static void addAllTo(Topology topology, Wiring wiring) {
        List.of(
                        new DimensionTopology(
                                Topics.RAW_CUSTOMERS, "customer_id", Topics.DIM_CUSTOMER, ReferenceTopology.CUSTOMERS),
                        new DimensionTopology(
                                Topics.RAW_PRODUCTS, "product_id", Topics.DIM_PRODUCT, ReferenceTopology.PRODUCTS),
                        new DimensionTopology(
                                Topics.RAW_STATIONS, "station_id", Topics.DIM_STATION, ReferenceTopology.STATIONS))
                .forEach(each -> each.addTo(topology, wiring));
    }

    private void addTo(Topology topology, Wiring wiring) {
        String name = newest.name();
        String history = name + "-history";
        Target rows = wiring.rows(raw, dimension);
        wiring.addIntake(topology, name, wiring.shape(raw, rows, KeptElsewhere.NOTHING), true, history);
        addHistory(topology, wiring, rows, history);
        newest.addTo(topology, wiring, history);
        Wiring.addSink(topology, name + "-dimension", dimension, history);
        wiring.addQuarantine(topology, name, raw, name + "-intake", history);
    }

    private void addHistory(Topology topology, Wiring wiring, Target rows, String history) {
        String store = newest.name() + "-updates";
        HistoryProcessor.Config config = new HistoryProcessor.Config(
                rows,
                id,
                store,
                wiring.means(),
                wiring.completion(),
                wiring.outlet(raw, newest.name() + "-dimension", newest.name() + "-quarantine"),
                newest.first());
        topology.addProcessor(history, () -> new HistoryProcessor(config), newest.name() + "-intake")
                .addStateStore(Wiring.store(store).withCachingEnabled(), history);
    }
}
