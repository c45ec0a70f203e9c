package dev.firn.generator;

import dev.firn.generator.encode.RecordEncoder;
import dev.firn.generator.encode.Registration;
import dev.firn.generator.publish.Controls;
import dev.firn.generator.publish.DiscardOutlet;
import dev.firn.generator.publish.KafkaOutlet;
import dev.firn.generator.publish.Outlet;
import dev.firn.generator.publish.Partitions;
import dev.firn.generator.publish.Present;
import dev.firn.generator.publish.Publisher;
import dev.firn.generator.resume.Resume;
import dev.firn.generator.sequence.Sequence;
import dev.firn.generator.sequence.Topic;
import dev.firn.generator.truth.TruthKeeper;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, once Kafka and the registry are there. */
final class Assembly {
    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration QUIET = Duration.ofMillis(500);

    private final Setup setup;
    private final Controls controls;

    Assembly(Setup setup, Controls controls) {
        this.setup = setup;
        this.controls = controls;
    }

    /** Waits for Kafka and the registry as long as they are away, unless stopped. */
    Publisher connected() throws InterruptedException {
        while (true) {
            try {
                return attempt();
            } catch (RetriableException | RegistryUnavailableException e) {
                if (controls.stopped()) {
                    throw new InterruptedException("stopped before Kafka and registry were there");
                }
                LOG.warn("waiting for Kafka and registry cause={}", e.getMessage());
                controls.sleep(RETRY_NANOS);
            }
        }
    }

    /** Sends nothing anywhere; partitions as if the topics had just been made. */
    Publisher discarding(RecordEncoder encoder) {
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            counts.put(topic, setup.topics().partitionsOf(topic));
        }
        return publisher(encoder, new Partitions(counts), new DiscardOutlet(), Present.NOTHING);
    }

    private Publisher attempt() throws InterruptedException {
        Map<String, Object> config = new HashMap<>(setup.kafka());
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, "firn-generator-admin");
        Partitions partitions;
        try (Admin admin = Admin.create(config)) {
            partitions = setup.topics().create(admin);
        }
        RecordEncoder encoder = Registration.register(new ConfluentRegistry(setup.registry()));
        Present present = new Resume(controls, QUIET).find(setup.kafka());
        return publisher(encoder, partitions, KafkaOutlet.connect(setup.kafka()), present);
    }

    private Publisher publisher(RecordEncoder encoder, Partitions partitions, Outlet outlet, Present present) {
        return new Publisher(
                new Sequence(setup.knobs()),
                encoder,
                partitions,
                outlet,
                present,
                new TruthKeeper(setup.knobs().seed(), partitions.count(Topic.ACTIVITY), setup.grace()),
                controls,
                setup.shape(),
                System::nanoTime);
    }
}
