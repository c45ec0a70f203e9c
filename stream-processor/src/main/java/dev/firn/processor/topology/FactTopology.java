package dev.firn.processor.topology;

import dev.firn.contract.Rule;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.dedup.History;
import dev.firn.processor.dedup.TimelineProcessor;
import dev.firn.processor.enrich.ChargingMeasures;
import dev.firn.processor.enrich.HealthMeasures;
import dev.firn.processor.enrich.ReviewMeasures;
import dev.firn.processor.silver.SilverProcessor;
import dev.firn.processor.store.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;

/** A raw topic of facts to silver: each joined to what it refers to, and measured.
 *
 * @param name what the names of operators and stores begin with
 * @param gold what is made of those that are not late
 */
record FactTopology(String name, String raw, String silver, Referring referring, List<GoldTopology> gold) {
    /** There are so many times less of these than events, at least. */
    private static final int LESS_THAN_ACTIVITY = 16;

    private static final FactTopology CHARGING = new FactTopology(
            "charging",
            Topics.RAW_CHARGING,
            Topics.SILVER_CHARGING,
            new Referring(
                    List.of(ReferenceTopology.STATIONS, ReferenceTopology.VEHICLES, ReferenceTopology.CUSTOMERS),
                    ChargingMeasures::extend),
            List.of(GoldTopology.STATIONS));
    private static final FactTopology HEALTH = new FactTopology(
            "health",
            Topics.RAW_HEALTH,
            Topics.SILVER_HEALTH,
            new Referring(List.of(ReferenceTopology.VEHICLES), HealthMeasures::extend),
            List.of(GoldTopology.ALERTS));
    private static final FactTopology REVIEWS = new FactTopology(
            "reviews",
            Topics.RAW_REVIEWS,
            Topics.SILVER_REVIEWS,
            new Referring(List.of(ReferenceTopology.PRODUCTS, ReferenceTopology.CUSTOMERS), ReviewMeasures::extend),
            List.of());

    static void addAllTo(Topology topology, Wiring wiring) {
        CHARGING.addTo(topology, wiring);
        HEALTH.addTo(topology, wiring);
        REVIEWS.addTo(topology, wiring);
    }

    private void addTo(Topology topology, Wiring wiring) {
        KeptElsewhere kept = new KeptElsewhere(this::isKept, Map.of());
        Intake.Shape shape = wiring.shape(raw, wiring.rows(raw, silver), kept);
        wiring.addIntake(topology, name, shape, false, name + "-references");
        referring.addTo(topology, wiring, name, shape, Optional.empty());
        addTimeline(topology, wiring);
        topology.addProcessor(
                name + "-silver",
                () -> new SilverProcessor(
                        wiring.completion(), wiring.outlet(raw, name + "-rows", name + "-quarantine")),
                name + "-timeline");
        Wiring.addSink(topology, name + "-rows", silver, name + "-silver");
        gold.forEach(each -> each.addTo(topology, wiring, name + "-timeline"));
        wiring.addQuarantine(
                topology, name, raw, name + "-intake", name + "-references", name + "-timeline", name + "-silver");
    }

    private static long filterBytes(Settings settings) {
        return settings.dedupFilterBytes() / settings.partitions().activity() / LESS_THAN_ACTIVITY;
    }

    private boolean isKept(Rule rule) {
        return rule instanceof Rule.Unique || rule instanceof Rule.Anomaly || referring.keeps(rule);
    }

    private void addTimeline(Topology topology, Wiring wiring) {
        String timeline = name + "-timeline";
        String seen = name + "-seen";
        String newest = name + "-newest";
        String usual = name + "-usual";
        TimelineProcessor.Config<?> config = new TimelineProcessor.Config<>(
                new History.Stores(seen, seen + "-index", newest, usual, filterBytes(wiring.settings())),
                wiring.settings().bounds(),
                wiring.rejects(raw),
                Function.identity(),
                name + "-silver",
                gold.stream().map(GoldTopology::name).toList(),
                name + "-quarantine");
        topology.addProcessor(timeline, () -> new TimelineProcessor<>(config), name + "-extend")
                .addStateStore(Wiring.heldStore(seen, Form.GROWING), timeline)
                .addStateStore(Wiring.derivedStore(seen + "-index"), timeline)
                .addStateStore(Wiring.heldStore(newest), timeline)
                .addStateStore(Wiring.heldStore(usual), timeline);
    }
}
