package dev.firn.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Kafka, a schema registry, an S3 server with a bucket, and an Iceberg catalog on it, all on loopback, with everything they
 * hold below one folder. What a folder holds is there again for the next stack that is started on it.
 */
public final class EmbeddedStack implements AutoCloseable {
    public static final String CATALOG = SqliteCatalog.NAME;
    public static final String BUCKET = "firn";
    public static final String WAREHOUSE = "s3://" + BUCKET + "/warehouse";

    private final KafkaBroker broker;
    private final ApicurioRegistry registry;
    private final S3Server s3;
    private final SqliteCatalog catalog;

    private EmbeddedStack(Path folder, Ports ports) throws IOException {
        broker = new KafkaBroker(kafkaFolder(folder), ports.kafka(), ports.controller());
        registry = registry(folder, ports.registry());
        s3 = new S3Server(s3Folder(folder), ports.s3());
        catalog = sqlite(folder);
    }

    /**
     * Returns when everything answers.
     *
     * @throws PortInUseException if a port that was asked for is taken; nothing runs then
     */
    public static EmbeddedStack start(Path folder, Ports ports) throws IOException, InterruptedException {
        var stack = new EmbeddedStack(folder.toAbsolutePath(), ports);
        new StackStart(stack).run();
        return stack;
    }

    /** One for all tests of this JVM, in a temporary folder, stopped and deleted at its end. Started by the first call. */
    public static EmbeddedStack shared() {
        return SharedStack.STACK;
    }

    static Path kafkaFolder(Path folder) {
        return folder.resolve("kafka");
    }

    static Path s3Folder(Path folder) {
        return folder.resolve("s3");
    }

    static ApicurioRegistry registry(Path folder, int port) throws IOException {
        return new ApicurioRegistry(
                folder.resolve("registry"), folder.resolve("logs").resolve("registry.log"), port);
    }

    static SqliteCatalog sqlite(Path folder) {
        return new SqliteCatalog(folder.resolve("catalog.db"));
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Base of the registry's Confluent REST API. */
    public String registryUrl() {
        return registry.url();
    }

    public String s3Endpoint() {
        return s3.endpoint();
    }

    public String s3AccessKey() {
        return S3Server.ACCESS_KEY;
    }

    public String s3SecretKey() {
        return S3Server.SECRET_KEY;
    }

    /** For {@code CatalogUtil.buildIcebergCatalog(CATALOG, …)}: catalog, warehouse and storage. */
    public Map<String, String> catalogProperties() {
        var properties = new TreeMap<>(catalog.properties());
        properties.putAll(storageProperties(s3Endpoint()));
        return properties;
    }

    /** Of a catalog's client: warehouse and storage, with the stack's S3 server at the endpoint. */
    public static Map<String, String> storageProperties(String s3Endpoint) {
        return Map.of(
                "warehouse",
                WAREHOUSE,
                "io-impl",
                "org.apache.iceberg.aws.s3.S3FileIO",
                "s3.endpoint",
                s3Endpoint,
                "s3.path-style-access",
                "true",
                "s3.access-key-id",
                S3Server.ACCESS_KEY,
                "s3.secret-access-key",
                S3Server.SECRET_KEY,
                "client.region",
                "us-east-1");
    }

    public KafkaBroker broker() {
        return broker;
    }

    public ApicurioRegistry registry() {
        return registry;
    }

    public S3Server s3() {
        return s3;
    }

    SqliteCatalog catalog() {
        return catalog;
    }

    /** Stops everything, the broker last. */
    @Override
    public void close() throws IOException {
        try (broker;
                s3;
                registry) {
            // closed in the reverse order of their naming
        }
    }
}
