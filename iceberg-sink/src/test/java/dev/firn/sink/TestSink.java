package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.registry.ConfluentRegistry;
import dev.firn.registry.RegistryConfig;
import dev.firn.sink.commit.CommitListener;
import dev.firn.sink.commit.Ledgers;
import dev.firn.sink.consume.LaneSettings;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.consume.SourceWatch;
import dev.firn.sink.consume.StartAt;
import dev.firn.sink.consume.Target;
import dev.firn.sink.consume.WindowLimits;
import dev.firn.sink.maintain.MaintainSettings;
import dev.firn.sink.reconcile.KafkaSourceLog;
import dev.firn.sink.reconcile.Reconcile;
import dev.firn.sink.reconcile.Report;
import dev.firn.sink.table.SourceColumn;
import dev.firn.sink.table.TableKind;
import dev.firn.topic.TopicLeaders;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sinks on the shared stack, with topics and tables that no other test uses. */
final class TestSink implements AutoCloseable {
    static final EmbeddedStack STACK = EmbeddedStack.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    final String space = "t" + UUID.randomUUID().toString().substring(0, 8);
    final TableIdentifier quarantine = TableIdentifier.of(space, "quarantine");
    final ConfluentRegistry registry = new ConfluentRegistry(RegistryConfig.of(STACK.registryUrl()));
    final FaultyJdbcCatalog catalog = FaultyJdbcCatalog.open(STACK.catalogProperties());
    private final Catalog sinksCatalog;
    private final Map<String, String> kafka =
            new HashMap<>(Map.of("bootstrap.servers", STACK.bootstrapServers(), "session.timeout.ms", "6000"));
    private final ConfluentRegistry sinksRegistry;
    private final List<Sink> sinks = new ArrayList<>();
    private final Function<String, Target> routes;

    TestSink() {
        this(TestSink::bronze);
    }

    TestSink(Function<String, Target> routes) {
        this.routes = routes;
        this.sinksCatalog = catalog;
        this.sinksRegistry = registry;
    }

    /** With storage and registry that the sinks, and nobody else, reach at other addresses. */
    TestSink(Map<String, String> storage, String registryUrl) {
        Map<String, String> properties = new HashMap<>(STACK.catalogProperties());
        properties.putAll(storage);
        this.routes = TestSink::bronze;
        this.sinksCatalog = FaultyJdbcCatalog.open(properties);
        this.sinksRegistry = new ConfluentRegistry(RegistryConfig.of(registryUrl));
    }

    /** With a catalog that the sinks, and nobody else, reach by other means. */
    TestSink(Catalog sinksCatalog, ConfluentRegistry sinksRegistry, Map<String, String> kafka) {
        this.routes = TestSink::bronze;
        this.sinksCatalog = sinksCatalog;
        this.sinksRegistry = sinksRegistry;
        this.kafka.putAll(kafka);
    }

    private static Target bronze(String topic) {
        return new Target(TableIdentifier.parse(topic), TableKind.BRONZE);
    }

    /** What commits of the sinks meet, one after the other. */
    Deque<Consumer<Runnable>> faults() {
        return ((FaultyJdbcCatalog) sinksCatalog).faults;
    }

    String topic(String name, int partitions) {
        String topic = space + "." + name;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", STACK.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
            TopicLeaders.await(admin, List.of(topic));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return topic;
    }

    Sink start() {
        return start(1, Duration.ofMillis(500));
    }

    Sink start(int lanes, Duration interval) {
        return start(lanes, interval, StartAt.EARLIEST);
    }

    /** Where a table's ledger is empty, from the topics' ends. */
    Sink startLatest() {
        return start(1, Duration.ofMillis(500), StartAt.LATEST);
    }

    /** Where every topic has these tables. */
    Sink start(Target first, List<Target> others) {
        return start(1, Duration.ofMillis(500), StartAt.EARLIEST, shared(first, others));
    }

    private static Routes shared(Target first, List<Target> others) {
        return new Routes() {
            @Override
            public Target target(String topic) {
                return first;
            }

            @Override
            public List<Target> others() {
                return others;
            }
        };
    }

    /** Looks at topics that have these tables, as another instance would. */
    SourceWatch watch(Target first, List<Target> others) {
        return new SourceWatch(settings(1, Duration.ofMillis(500), StartAt.EARLIEST), shared(first, others));
    }

    private Sink start(int lanes, Duration interval, StartAt startAt) {
        return start(lanes, interval, startAt, routes::apply);
    }

    private Sink start(int lanes, Duration interval, StartAt startAt, Routes routed) {
        SinkPlan plan = new SinkPlan(
                settings(lanes, interval, startAt),
                routed,
                quarantine,
                "firn",
                STACK.catalogProperties(),
                16,
                2,
                1 << 20,
                Path.of(System.getProperty("java.io.tmpdir", ".")),
                Duration.ofDays(3),
                MaintainSettings.DEFAULTS);
        Sink sink = Sink.start(plan, sinksCatalog, sinksRegistry, CommitListener.NONE, Clock.systemUTC());
        sinks.add(sink);
        return sink;
    }

    private LaneSettings settings(int lanes, Duration interval, StartAt startAt) {
        return new LaneSettings(
                lanes,
                Pattern.compile(Pattern.quote(space) + "\\..*"),
                "sink-" + space,
                "sink-" + UUID.randomUUID(),
                kafka,
                startAt,
                new WindowLimits(interval, 64 << 20, 1_000_000, 64 << 20),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", STACK.bootstrapServers());
        settings.put("max.request.size", 2 << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    void produce(String topic, Iterable<byte[]> values) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (byte[] value : values) {
                var unused = producer.send(new ProducerRecord<>(topic, value));
            }
        }
    }

    List<Record> rows(TableIdentifier name) {
        return rows(catalog, name);
    }

    static List<Record> rows(Catalog catalog, TableIdentifier name) {
        if (!catalog.tableExists(name)) {
            return List.of();
        }
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> read =
                IcebergGenerics.read(catalog.loadTable(name)).build()) {
            read.forEach(rows::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    long count(TableIdentifier name) {
        if (!catalog.tableExists(name)) {
            return 0;
        }
        return Optional.ofNullable(catalog.loadTable(name).currentSnapshot())
                .map(snapshot -> Long.parseLong(snapshot.summary().getOrDefault("total-records", "0")))
                .orElse(0L);
    }

    void awaitRows(TableIdentifier name, long rows) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(count(name)).isGreaterThanOrEqualTo(rows));
    }

    Report reconcile(TableIdentifier table) {
        return reconcile(catalog, table);
    }

    Report reconcile(Catalog catalog, TableIdentifier table) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", STACK.bootstrapServers());
        try (KafkaSourceLog log = new KafkaSourceLog(kafka, Clock.systemUTC(), PATIENCE)) {
            return new Reconcile(catalog, log, Optional.of(registry), quarantine).run(List.of(table));
        }
    }

    /** Where the table's metadata is, for it to be registered again. */
    String metadataLocation(TableIdentifier name) {
        return ((HasTableOperations) catalog.loadTable(name))
                .operations()
                .current()
                .metadataFileLocation();
    }

    /** Every row at a place of its own, and the ledger past all of them. */
    void requireOnce(TableIdentifier name, int rows) {
        List<Record> held = rows(name);
        assertThat(held.stream()
                        .map(row -> row.getField("_kafka_partition") + "-" + row.getField(SourceColumn.OFFSET.column()))
                        .distinct())
                .hasSize(rows);
        assertThat(held).hasSize(rows);
        Table table = catalog.loadTable(name);
        assertThat(Ledgers.of(table).held()).isNotEmpty();
    }

    @Override
    public void close() {
        sinks.forEach(Sink::close);
        if (sinksCatalog instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        catalog.close();
    }
}
