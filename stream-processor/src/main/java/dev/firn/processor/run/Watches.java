package dev.firn.processor.run;

import dev.firn.processor.topology.Settings;
import dev.firn.processor.topology.Topics;
import dev.firn.processor.topology.Wiring;
import dev.firn.processor.wait.ReferenceProgress;
import dev.firn.processor.wait.WaitFront;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Watches what FutureMobility's facts wait for, as long as it isn't closed: what they refer to, and sources that fall
 * silent.
 */
final class Watches implements AutoCloseable {
    /** Raw topics that others refer to and that refer to nothing, and what becomes of them. */
    private static final Map<String, String> REFERENCES = Map.of(
            Topics.RAW_CUSTOMERS, Topics.CUSTOMERS,
            Topics.RAW_PRODUCTS, Topics.PRODUCTS,
            Topics.RAW_FX_RATES, Topics.FX_RATES,
            Topics.RAW_FISCAL_CALENDAR, Topics.FISCAL_CALENDAR,
            Topics.RAW_STATIONS, Topics.STATIONS);

    private final String applicationId;
    private final Supplier<Optional<KafkaStreams>> streams;
    private final ReferenceWatch references;
    private final ReferenceWatch vehicles;
    private final SourceWatch sources;

    /**
     * @param admin stays open longer
     * @param streams what runs now
     */
    Watches(
            Admin admin,
            EngineConfig config,
            Settings settings,
            AppliedPositions applied,
            Supplier<Optional<KafkaStreams>> streams) {
        this.applicationId = config.applicationId();
        this.streams = streams;
        Duration tolerance = settings.referenceWait().dividedBy(2);
        Map<String, String> withVehicles = new HashMap<>(REFERENCES);
        withVehicles.put(Topics.RAW_VEHICLES, Topics.VEHICLES);
        this.references = watch(admin, REFERENCES, applied, Optional.empty(), tolerance);
        this.vehicles = watch(admin, withVehicles, applied, Optional.of(this::vehiclesThatWait), tolerance);
        this.sources = new SourceWatch(admin, applicationId, Topics.AWAITED, Clock.systemUTC());
    }

    private ReferenceWatch watch(
            Admin admin,
            Map<String, String> topics,
            AppliedPositions applied,
            Optional<Supplier<ToLongFunction<TopicPartition>>> fronts,
            Duration tolerance) {
        Group group = new Group(applicationId, List.copyOf(topics.keySet()), List.of());
        ReferenceWatch.References watched =
                new ReferenceWatch.References(List.of(group), List.copyOf(topics.values()), applied, fronts);
        return new ReferenceWatch(admin, watched, tolerance, Clock.systemUTC());
    }

    /** Of all that facts refer to but vehicles. */
    ReferenceProgress references() {
        return references;
    }

    /** Of all that facts refer to, vehicles among it, which refer to others themselves. */
    ReferenceProgress vehicles() {
        return vehicles;
    }

    SourceWatch sources() {
        return sources;
    }

    private ToLongFunction<TopicPartition> vehiclesThatWait() {
        Map<Integer, Long> fronts = WaitFront.all(storedVehicles());
        return input -> input.topic().equals(Topics.RAW_VEHICLES)
                ? fronts.getOrDefault(input.partition(), Long.MAX_VALUE)
                : Long.MAX_VALUE;
    }

    private ReadOnlyKeyValueStore<byte[], byte[]> storedVehicles() {
        KafkaStreams running = streams.get().orElseThrow(() -> new InvalidStateStoreException("not started"));
        try {
            return running.store(
                    StoreQueryParameters.fromNameAndType(Wiring.VEHICLES, QueryableStoreTypes.keyValueStore()));
        } catch (IllegalStateException e) {
            throw new InvalidStateStoreException("not running", e);
        }
    }

    @Override
    public void close() {
        sources.close();
        vehicles.close();
        references.close();
    }
}
