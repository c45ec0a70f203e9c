package dev.firn.processor.topology;

import dev.firn.processor.check.KeptElsewhere;
import dev.firn.processor.decode.Target;
import dev.firn.processor.enrich.Reference;
import dev.firn.processor.enrich.ReferenceProcessor;
import dev.firn.processor.enrich.StoreProcessor;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/** A raw topic of entities to its cleaned topic, and from there to a global store that joins look into. */
final class ReferenceTopology {
    private final String name;
    private final String raw;
    private final String cleaned;
    private final String store;
    private final Reference reference;

    private ReferenceTopology(String name, String raw, String cleaned, String store, Reference reference) {
        this.name = name;
        this.raw = raw;
        this.cleaned = cleaned;
        this.store = store;
        this.reference = reference;
    }

    static void addAllTo(Topology topology, Wiring wiring) {
        String customers = Wiring.REFERENCE_STORES.customers();
        String products = Wiring.REFERENCE_STORES.products();
        String rates = Wiring.REFERENCE_STORES.fxRates();
        String days = Wiring.REFERENCE_STORES.fiscalCalendar();
        List.of(
                        new ReferenceTopology(
                                "customers", Topics.RAW_CUSTOMERS, Topics.CUSTOMERS, customers, Reference.CUSTOMERS),
                        new ReferenceTopology(
                                "products", Topics.RAW_PRODUCTS, Topics.PRODUCTS, products, Reference.PRODUCTS),
                        new ReferenceTopology(
                                "fx-rates", Topics.RAW_FX_RATES, Topics.FX_RATES, rates, Reference.FX_RATES),
                        new ReferenceTopology(
                                "fiscal-calendar",
                                Topics.RAW_FISCAL_CALENDAR,
                                Topics.FISCAL_CALENDAR,
                                days,
                                Reference.FISCAL_CALENDAR))
                .forEach(each -> each.addTo(topology, wiring));
    }

    private void addTo(Topology topology, Wiring wiring) {
        wiring.addIntake(
                topology,
                name,
                wiring.shape(raw, new Target(reference.fields(), 0, List.of()), KeptElsewhere.NOTHING),
                true,
                name + "-clean");
        topology.addProcessor(name + "-clean", () -> new ReferenceProcessor(reference), name + "-intake");
        Wiring.addSink(topology, name + "-cleaned", cleaned, name + "-clean");
        Wiring.addSink(topology, name + "-quarantine", Topics.QUARANTINE, name + "-intake");
        topology.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(store), Serdes.ByteArray(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                name + "-global-source",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                cleaned,
                name + "-global",
                () -> new StoreProcessor(store, reference, wiring.arrivals()));
    }
}
