package dev.firn.processor.topology;

import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.dimension.DatesProcessor;
import org.apache.kafka.streams.Topology;

/** raw.fiscal_calendar to silver.dim_date, and to what joins look into. */
final class CalendarTopology {
    private static final ReferenceTopology DAYS = ReferenceTopology.FISCAL_CALENDAR;
    private static final String STORE = DAYS.name() + "-updated";

    private CalendarTopology() {}

    static void addTo(Topology topology, Wiring wiring) {
        String name = DAYS.name();
        String dates = name + "-dates";
        String rows = name + "-dimension";
        wiring.addIntake(
                topology,
                name,
                wiring.shape(DAYS.raw(), wiring.rows(DAYS.raw(), Topics.DIM_DATE), KeptElsewhere.NOTHING),
                true,
                dates);
        DatesProcessor.Config config = new DatesProcessor.Config(
                STORE, wiring.completion(), wiring.outlet(DAYS.raw(), rows, name + "-quarantine"), DAYS.first());
        topology.addProcessor(dates, () -> new DatesProcessor(config), name + "-intake")
                .addStateStore(Wiring.heldStore(STORE), dates);
        Wiring.addSink(topology, rows, Topics.DIM_DATE, dates);
        DAYS.addTo(topology, wiring, dates);
        wiring.addQuarantine(topology, name, DAYS.raw(), name + "-intake", dates);
    }
}
