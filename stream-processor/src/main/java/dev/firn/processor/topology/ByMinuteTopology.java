package dev.firn.processor.topology;

import dev.firn.processor.window.MinuteFoldProcessor;
import dev.firn.processor.window.MinuteRow;
import org.apache.kafka.streams.Topology;

/** The facts of minutes to gold.activity_by_minute. */
final class ByMinuteTopology {
    private static final String FACTS = "by-minute-facts";
    private static final String WATERMARKS = "by-minute-watermarks";

    private ByMinuteTopology() {}

    static void addTo(Topology topology, Wiring wiring) {
        MinuteFoldProcessor.Config config = new MinuteFoldProcessor.Config(
                FACTS,
                WATERMARKS,
                wiring.settings().activityPartitions(),
                new MinuteRow.Encoding(wiring.schemaId(Topics.GOLD_MINUTES)),
                wiring.means().tally().of(Topics.RAW_ACTIVITY));
        Wiring.addSource(topology, "by-minute-source", Topics.MINUTES);
        topology.addProcessor("by-minute-fold", () -> new MinuteFoldProcessor(config), "by-minute-source")
                .addStateStore(Wiring.store(FACTS), "by-minute-fold")
                .addStateStore(Wiring.store(WATERMARKS).withCachingEnabled(), "by-minute-fold");
        Wiring.addSink(topology, "by-minute-gold", Topics.GOLD_MINUTES, "by-minute-fold");
    }
}
