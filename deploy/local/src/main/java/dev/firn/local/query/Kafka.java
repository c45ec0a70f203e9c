package dev.firn.local.query;

import dev.firn.embedded.KafkaBroker;
import dev.firn.local.supervise.DataLock;
import dev.firn.local.supervise.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** The Kafka of a data directory: the one that runs, or else one that is started for as long as this is open. */
public interface Kafka extends AutoCloseable {
    String bootstrapServers();

    /** Of the schema registry that runs beside it; empty if there is none. */
    Optional<String> registryUrl();

    @Override
    void close() throws IOException;

    /**
     * Finds it, or starts it.
     *
     * @throws QueryException when the directory has no Kafka's data
     */
    static Kafka of(Path dataDir) throws IOException {
        Optional<Kafka> running = runningIn(dataDir);
        return running.isPresent() ? running.get() : Started.on(dataDir);
    }

    /** The one that runs. */
    static Optional<Kafka> runningIn(Path dataDir) throws IOException {
        Path addresses = dataDir.resolve("run").resolve("infra.properties");
        if (!Files.exists(addresses)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(addresses)) {
            properties.load(reader);
        }
        // a process that was killed leaves its addresses behind
        return ProcessHandle.of(Long.parseLong(properties.getProperty("pid", "0")))
                .filter(ProcessHandle::isAlive)
                .map(process -> new Running(
                        properties.getProperty("bootstrap.servers"),
                        Optional.ofNullable(properties.getProperty("registry.url"))));
    }

    /** Someone else's. */
    record Running(String bootstrapServers, Optional<String> registryUrl) implements Kafka {
        @Override
        public void close() {}
    }

    /** In this process; nobody else can use the data directory meanwhile. */
    record Started(DataLock lock, KafkaBroker broker) implements Kafka {
        static Started on(Path dataDir) throws IOException {
            if (!Files.isDirectory(dataDir.resolve("kafka"))) {
                throw new QueryException("no Kafka in " + dataDir + " yet: firn up makes it");
            }
            DataLock lock = DataLock.take(dataDir, Role.INFRA);
            KafkaBroker broker = KafkaBroker.alone(dataDir);
            broker.start();
            return new Started(lock, broker);
        }

        @Override
        public String bootstrapServers() {
            return broker.bootstrapServers();
        }

        @Override
        public Optional<String> registryUrl() {
            return Optional.empty();
        }

        @Override
        public void close() throws IOException {
            broker.close();
            lock.close();
        }
    }
}
