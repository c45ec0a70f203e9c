package dev.firn.processor.topology;

import org.apache.kafka.streams.Topology;

/** All topologies, as one application. */
public final class ProcessorTopology {
    private ProcessorTopology() {}

    /** A function of its argument alone; names of operators, stores and topics don't change. */
    public static Topology of(Wiring wiring) {
        Topology topology = new Topology();
        DimensionTopology.addAllTo(topology, wiring);
        ReferenceTopology.addRatesTo(topology, wiring);
        CalendarTopology.addTo(topology, wiring);
        ActivityTopology.addTo(topology, wiring);
        TransactionsTopology.addTo(topology, wiring);
        FactTopology.addAllTo(topology, wiring);
        return topology;
    }
}
