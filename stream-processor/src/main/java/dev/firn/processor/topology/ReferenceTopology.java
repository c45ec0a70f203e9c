package dev.firn.processor.topology;

import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Target;
import dev.firn.processor.enrich.Reference;
import dev.firn.processor.enrich.ReferenceProcessor;
import dev.firn.processor.enrich.StoreProcessor;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** Entities to their cleaned topic, and from there to a global store that joins look into.
 *
 * @param name of the store, and what the names of operators begin with
 */
record ReferenceTopology(String name, String raw, String cleaned, Reference reference) {
    static final ReferenceTopology CUSTOMERS = new ReferenceTopology(
            Wiring.REFERENCE_STORES.customers(), Topics.RAW_CUSTOMERS, Topics.CUSTOMERS, Reference.CUSTOMERS);
    static final ReferenceTopology PRODUCTS = new ReferenceTopology(
            Wiring.REFERENCE_STORES.products(), Topics.RAW_PRODUCTS, Topics.PRODUCTS, Reference.PRODUCTS);
    static final ReferenceTopology STATIONS = new ReferenceTopology(
            Wiring.REFERENCE_STORES.stations(), Topics.RAW_STATIONS, Topics.STATIONS, Reference.STATIONS);
    static final ReferenceTopology VEHICLES = new ReferenceTopology(
            Wiring.REFERENCE_STORES.vehicles(), Topics.RAW_VEHICLES, Topics.VEHICLES, Reference.VEHICLES);
    private static final ReferenceTopology FX_RATES = new ReferenceTopology(
            Wiring.REFERENCE_STORES.fxRates(), Topics.RAW_FX_RATES, Topics.FX_RATES, Reference.FX_RATES);
    private static final ReferenceTopology FISCAL_CALENDAR = new ReferenceTopology(
            Wiring.REFERENCE_STORES.fiscalCalendar(),
            Topics.RAW_FISCAL_CALENDAR,
            Topics.FISCAL_CALENDAR,
            Reference.FISCAL_CALENDAR);

    /** Those that have no dimension. */
    static void addOthersTo(Topology topology, Wiring wiring) {
        FX_RATES.addTo(topology, wiring, Reference.RATE_FIELDS);
        FISCAL_CALENDAR.addTo(topology, wiring, Reference.DAY_FIELDS);
    }

    private void addTo(Topology topology, Wiring wiring, Schema fields) {
        Target rows = new Target(fields, 0, List.of());
        wiring.addIntake(topology, name, wiring.shape(raw, rows, KeptElsewhere.NOTHING), true, first());
        addTo(topology, wiring, name + "-intake");
        wiring.addQuarantine(topology, name, raw, name + "-intake");
    }

    /** The operator that good records go to. */
    String first() {
        return name + "-clean";
    }

    void addTo(Topology topology, Wiring wiring, String parent) {
        topology.addProcessor(first(), () -> new ReferenceProcessor(reference), parent);
        Wiring.addSink(topology, name + "-cleaned", cleaned, first());
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                name + "-global-source",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                cleaned,
                name + "-global",
                () -> new StoreProcessor(name, reference, wiring.arrivals()));
    }
}
