package dev.firn.processor.topology;

import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Intake;
import dev.firn.processor.decode.Target;
import dev.firn.processor.enrich.Reference;
import dev.firn.processor.enrich.ReferenceProcessor;
import dev.firn.processor.enrich.StoreProcessor;
import java.util.Arrays;
import java.util.List;
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
    static final ReferenceTopology FISCAL_CALENDAR = new ReferenceTopology(
            Wiring.REFERENCE_STORES.fiscalCalendar(),
            Topics.RAW_FISCAL_CALENDAR,
            Topics.FISCAL_CALENDAR,
            Reference.FISCAL_CALENDAR);

    /** The one that has no dimension. */
    static void addRatesTo(Topology topology, Wiring wiring) {
        String rates = FX_RATES.name;
        Target rows = new Target(Reference.RATE_FIELDS, 0, List.of());
        Intake.Shape shape = wiring.shape(FX_RATES.raw, rows, KeptElsewhere.NOTHING);
        wiring.addIntake(topology, rates, shape, true, FX_RATES.first());
        FX_RATES.addTo(topology, wiring, rates + "-intake");
        wiring.addQuarantine(topology, rates, FX_RATES.raw, rates + "-intake");
    }

    /** The operator that good records go to. */
    String first() {
        return name + "-clean";
    }

    /** The child that entries go to. */
    String toStore() {
        return name + "-cleaned";
    }

    /** Adds the way of good records to the store.
     *
     * @param others that send entries, too
     */
    void addTo(Topology topology, Wiring wiring, String parent, String... others) {
        topology.addProcessor(first(), () -> new ReferenceProcessor(reference), parent);
        String[] parents = Arrays.copyOf(others, others.length + 1);
        parents[others.length] = first();
        Wiring.addSink(topology, toStore(), cleaned, parents);
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
