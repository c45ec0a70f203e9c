package dev.firn.processor.topology;

import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Target;
import dev.firn.processor.dimension.HistoryProcessor;
import dev.firn.processor.enrich.VehicleModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** A raw topic of entities to the dimension of their versions, and the newest to what joins look into.
 *
 * @param id field of the business key
 * @param referring null where they refer to nothing
 */
record DimensionTopology(
        String id,
        String dimension,
        ReferenceTopology newest,
        @Nullable Referring referring) {
    private static final List<DimensionTopology> ALL = List.of(
            new DimensionTopology("customer_id", Topics.DIM_CUSTOMER, ReferenceTopology.CUSTOMERS, null),
            new DimensionTopology("product_id", Topics.DIM_PRODUCT, ReferenceTopology.PRODUCTS, null),
            new DimensionTopology("station_id", Topics.DIM_STATION, ReferenceTopology.STATIONS, null),
            new DimensionTopology(
                    "vehicle_id",
                    Topics.DIM_VEHICLE,
                    ReferenceTopology.VEHICLES,
                    new Referring(
                            List.of(ReferenceTopology.PRODUCTS, ReferenceTopology.CUSTOMERS), VehicleModel::extend)));

    static void addAllTo(Topology topology, Wiring wiring) {
        ALL.forEach(each -> each.addTo(topology, wiring));
    }

    private void addTo(Topology topology, Wiring wiring) {
        String name = newest.name();
        String history = name + "-history";
        Target rows = wiring.rows(newest.raw(), dimension);
        addIntake(topology, wiring, rows, history);
        addHistory(topology, wiring, rows, history);
        newest.addTo(
                topology, wiring, history, referring == null ? new String[0] : new String[] {name + "-references"});
        Wiring.addSink(topology, name + "-dimension", dimension, history);
        String[] rejecting = referring == null
                ? new String[] {name + "-intake", history}
                : new String[] {name + "-intake", name + "-references", history};
        wiring.addQuarantine(topology, name, newest.raw(), rejecting);
    }

    private void addIntake(Topology topology, Wiring wiring, Target rows, String history) {
        if (referring == null) {
            Intake.Shape shape = wiring.shape(newest.raw(), rows, KeptElsewhere.NOTHING);
            wiring.addIntake(topology, newest.name(), shape, true, history);
        } else {
            Intake.Shape shape = wiring.shape(newest.raw(), rows, new KeptElsewhere(referring::keeps, Map.of()));
            wiring.addIntake(topology, newest.name(), shape, true, newest.name() + "-references");
            referring.addTo(topology, wiring, newest.name(), shape, Optional.of(newest.toStore()));
        }
    }

    private void addHistory(Topology topology, Wiring wiring, Target rows, String history) {
        String store = newest.name() + "-updates";
        HistoryProcessor.Config config = new HistoryProcessor.Config(
                rows,
                id,
                store,
                wiring.means(),
                wiring.completion(),
                wiring.outlet(newest.raw(), newest.name() + "-dimension", newest.name() + "-quarantine"),
                newest.first());
        topology.addProcessor(
                        history,
                        () -> new HistoryProcessor(config),
                        newest.name() + (referring == null ? "-intake" : "-extend"))
                .addStateStore(Wiring.heldStore(store), history);
    }
}
