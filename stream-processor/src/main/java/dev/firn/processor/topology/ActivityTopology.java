package dev.firn.processor.topology;

import dev.firn.contract.Rule;
import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.dedup.History;
import dev.firn.processor.dedup.TimelineProcessor;
import dev.firn.processor.enrich.ActivityEnrichProcessor;
import dev.firn.processor.event.Activity;
import dev.firn.processor.silver.Outlet;
import dev.firn.processor.store.Form;
import dev.firn.processor.window.OpenSessions;
import dev.firn.processor.window.SessionsProcessor;
import dev.firn.processor.window.WebSessionRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.Topology;

/** raw.activity to silver.activity_events, gold.web_sessions, and windows over all partitions. */
final class ActivityTopology {
    static final String SESSIONS = "web-sessions";
    private static final String RECENT = "activity-recent";
    private static final String RECENT_INDEX = "activity-recent-index";
    private static final String USUAL = "activity-usual";
    private static final String OPEN_SESSIONS = "web-sessions-open";
    private static final String TIMERS = "web-sessions-timers";

    /** What the time line tells by. */
    private static final KeptElsewhere TIMELINE =
            new KeptElsewhere(rule -> rule instanceof Rule.Unique || rule instanceof Rule.Anomaly, Map.of());

    private static final List<WindowTopology> WINDOWS = List.of(WindowTopology.MINUTES, WindowTopology.TRENDS);

    private ActivityTopology() {}

    static void addTo(Topology topology, Wiring wiring) {
        Intake.Shape shape =
                wiring.shape(Topics.RAW_ACTIVITY, Topics.SILVER_ACTIVITY, ActivityEnrichProcessor.FILLED, TIMELINE);
        wiring.addIntake(topology, "activity", shape, false, "activity-timeline");
        addTimeline(topology, wiring);
        addSilver(topology, wiring);
        addSessions(topology, wiring);
        WINDOWS.forEach(windows -> windows.addTo(topology, wiring, "activity-timeline"));
    }

    private static void addTimeline(Topology topology, Wiring wiring) {
        long filterBytes = wiring.settings().dedupFilterBytes()
                / wiring.settings().partitions().activity();
        TimelineProcessor.Config<Activity> timeline = new TimelineProcessor.Config<>(
                new History.Stores(RECENT, RECENT_INDEX, null, USUAL, filterBytes),
                wiring.settings().bounds(),
                wiring.rejects(Topics.RAW_ACTIVITY),
                Activity::of,
                "activity-enrich",
                Stream.concat(Stream.of(SESSIONS), WINDOWS.stream().map(WindowTopology::collect))
                        .toList(),
                "activity-quarantine");
        topology.addProcessor("activity-timeline", () -> new TimelineProcessor<>(timeline), "activity-intake")
                .addStateStore(Wiring.heldStore(RECENT, Form.GROWING), "activity-timeline")
                .addStateStore(Wiring.derivedStore(RECENT_INDEX), "activity-timeline")
                .addStateStore(Wiring.heldStore(USUAL), "activity-timeline");
    }

    private static void addSilver(Topology topology, Wiring wiring) {
        Outlet outlet = wiring.outlet(Topics.RAW_ACTIVITY, "activity-silver", "activity-quarantine");
        topology.addProcessor(
                "activity-enrich",
                () -> new ActivityEnrichProcessor(
                        new ActivityEnrichProcessor.Config(Wiring.REFERENCE_STORES, wiring.completion(), outlet)),
                "activity-timeline");
        Wiring.addSink(topology, "activity-silver", Topics.SILVER_ACTIVITY, "activity-enrich");
        wiring.addQuarantine(
                topology, "activity", Topics.RAW_ACTIVITY, "activity-intake", "activity-timeline", "activity-enrich");
    }

    private static void addSessions(Topology topology, Wiring wiring) {
        SessionsProcessor.Config config = new SessionsProcessor.Config(
                OPEN_SESSIONS,
                TIMERS,
                wiring.settings().sessionGap(),
                new WebSessionRow.Encoding(wiring.schemaId(Topics.GOLD_SESSIONS)));
        topology.addProcessor(SESSIONS, () -> new SessionsProcessor(config), "activity-timeline")
                .addStateStore(Wiring.heldStore(OPEN_SESSIONS, OpenSessions.FORM), SESSIONS)
                .addStateStore(Wiring.heldStore(TIMERS, Form.GROWING), SESSIONS);
        Wiring.addSink(topology, "web-sessions-gold", Topics.GOLD_SESSIONS, SESSIONS);
    }
}
