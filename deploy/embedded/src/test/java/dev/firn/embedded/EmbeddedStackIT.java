package dev.firn.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedStackIT {
    private static final Schema ROW = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()));

    @Test
    void shouldReadWhatWasWrittenWhenBrokerWasStoppedInBetween() throws Exception {
        // Given
        var stack = EmbeddedStack.shared();
        var topic = "t-" + UUID.randomUUID();
        createTopic(stack, topic);
        send(stack, topic, "before");

        // When
        stack.broker().stop();
        stack.broker().start();
        send(stack, topic, "after");

        // Then
        assertThat(read(stack, topic, 2)).containsExactly("before", "after");
    }

    @Test
    void shouldKeepSchemaAndIdWhenRegistryWasKilled() throws Exception {
        // Given
        var stack = EmbeddedStack.shared();
        var subject = "s-" + UUID.randomUUID();
        var id = register(
                stack,
                subject,
                "{\"schema\":\"{\\\"type\\\":\\\"fixed\\\",\\\"name\\\":\\\"F\\\",\\\"size\\\":7,\\\"firn.pii\\\":\\\"mask\\\"}\"}");
        var process = stack.registry().process().orElseThrow();

        // When
        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);
        stack.registry().stop();
        stack.registry().start();

        // Then
        assertThat(get(stack, "/subjects/" + subject + "/versions/1")).contains("\"id\":" + idOf(id));
        assertThat(get(stack, "/schemas/ids/" + idOf(id))).contains("firn.pii");
    }

    @Test
    void shouldReadRowsWhenTableWasAppendedToThroughCatalogAndS3() throws Exception {
        // Given
        var stack = EmbeddedStack.shared();
        var name = TableIdentifier.of(
                "embedded", "t" + UUID.randomUUID().toString().substring(0, 8));
        var catalog = CatalogUtil.buildIcebergCatalog(EmbeddedStack.CATALOG, stack.catalogProperties(), null);
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of("embedded"));
        var table = catalog.createTable(name, ROW, PartitionSpec.unpartitioned());

        // When
        append(table, 1, "one");
        append(table, 2, "two");

        // Then
        try (var rows = IcebergGenerics.read(catalog.loadTable(name)).build()) {
            assertThat(rows)
                    .extracting(row -> row.getField("id") + "=" + row.getField("name"))
                    .containsExactlyInAnyOrder("1=one", "2=two");
        }
        assertThat(table.location()).startsWith(EmbeddedStack.WAREHOUSE);
    }

    @Test
    void shouldRefuseAndLeaveNothingWhenPortIsTaken(@TempDir Path folder) throws Exception {
        // Given
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = new Ports(0, 0, 0, taken.getLocalPort());

            // When / Then
            assertThatThrownBy(() -> EmbeddedStack.start(folder, ports))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " for S3 is in use");
        }
    }

    private static void append(Table table, long id, String name) throws IOException {
        var files = OutputFileFactory.builderFor(table, 1, id)
                .format(FileFormat.PARQUET)
                .build();
        var writer = new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .build()
                .newDataWriter(files.newOutputFile(), table.spec(), null);
        try (writer) {
            writer.write(row(id, name));
        }
        table.newAppend().appendFile(writer.toDataFile()).commit();
    }

    private static Record row(long id, String name) {
        return GenericRecord.create(ROW).copy(Map.of("id", id, "name", name));
    }

    private static void createTopic(EmbeddedStack stack, String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            admin.createTopics(Set.of(new NewTopic(topic, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(EmbeddedStack stack, String topic, String value) throws Exception {
        var properties = Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topic);
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
            producer.commitTransaction();
        }
    }

    private static List<String> read(EmbeddedStack stack, String topic, int count) {
        var properties = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        var values = new java.util.ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            var partitions = List.of(new TopicPartition(topic, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private static String register(EmbeddedStack stack, String subject, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(stack.registryUrl() + "/subjects/" + subject + "/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String get(EmbeddedStack stack, String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(stack.registryUrl() + path)));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String idOf(String answer) {
        return answer.replaceAll("\\D", "");
    }
}
