package dev.firn.processor.topology;

import dev.firn.processor.store.Form;
import dev.firn.processor.window.PaneCollectProcessor;
import dev.firn.processor.window.WindowFoldProcessor;
import dev.firn.processor.window.WindowKind;
import java.util.function.IntFunction;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** Events to windows over all partitions: facts in the tasks of the raw partitions, then rows in those of a topic between. */
final class WindowTopology {
    static final WindowTopology MINUTES = new WindowTopology(
            "activity-minutes", "by-minute", Topics.MINUTES, Topics.GOLD_MINUTES, WindowKind::minutes);
    static final WindowTopology TRENDS =
            new WindowTopology("activity-trends", "trending", Topics.TRENDS, Topics.GOLD_TRENDING, WindowKind::trends);

    private final String collect;
    private final String fold;
    private final String between;
    private final String gold;
    private final IntFunction<WindowKind> kind;

    private WindowTopology(String collect, String fold, String between, String gold, IntFunction<WindowKind> kind) {
        this.collect = collect;
        this.fold = fold;
        this.between = between;
        this.gold = gold;
        this.kind = kind;
    }

    /** The node that collects facts. */
    String collect() {
        return collect;
    }

    /** Adds both stages.
     *
     * @param events the node whose children get events that are not late
     */
    void addTo(Topology topology, Wiring wiring, String events) {
        WindowKind windows = kind.apply(wiring.schemaId(gold));
        addCollect(topology, wiring, windows, events);
        addFold(topology, wiring, windows);
    }

    private void addCollect(Topology topology, Wiring wiring, WindowKind windows, String events) {
        String store = collect + "-open";
        PaneCollectProcessor.Config config = new PaneCollectProcessor.Config(
                store, wiring.settings().idleTimeout(), wiring.sources().apply(Topics.RAW_ACTIVITY), windows);
        topology.addProcessor(collect, () -> new PaneCollectProcessor(config), events)
                .addStateStore(Wiring.heldStore(store, Form.GROWING), collect)
                .addSink(
                        collect + "-facts",
                        between,
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        PaneCollectProcessor.partitioner(),
                        collect);
    }

    private void addFold(Topology topology, Wiring wiring, WindowKind windows) {
        String facts = fold + "-facts";
        String watermarks = fold + "-watermarks";
        WindowFoldProcessor.Config config = new WindowFoldProcessor.Config(
                facts,
                watermarks,
                wiring.settings().partitions().activity(),
                windows,
                wiring.means().tally().of(Topics.RAW_ACTIVITY));
        Wiring.addSource(topology, fold + "-source", between);
        topology.addProcessor(fold + "-fold", () -> new WindowFoldProcessor(config), fold + "-source")
                .addStateStore(Wiring.store(facts), fold + "-fold")
                .addStateStore(Wiring.heldStore(watermarks), fold + "-fold");
        Wiring.addSink(topology, fold + "-gold", gold, fold + "-fold");
    }
}
