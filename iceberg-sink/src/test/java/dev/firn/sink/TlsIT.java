package dev.firn.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.FreePort;
import dev.firn.embedded.KafkaBroker;
import dev.firn.embedded.RestCatalogServer;
import dev.firn.topic.TopicLeaders;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with TLS on what it listens on, and to all that it reaches. */
class TlsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String STORE_PASSWORD = "s3cret-store";
    private static final String JAAS =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"sink\" password=\"%s\";";

    @TempDir
    private Path folder;

    private Path theirs;
    private Path ours;

    @BeforeEach
    void makeCertificates() throws IOException, InterruptedException {
        theirs = keyStore("server");
        ours = keyStore("client");
    }

    @Test
    void shouldTakeRecordsIntoTablesWhenEverybodySpeaksTls() throws Exception {
        EmbeddedStack stack = TestSink.STACK;
        try (TestSink test = new TestSink();
                JdbcCatalog catalog = (JdbcCatalog)
                        CatalogUtil.buildIcebergCatalog(EmbeddedStack.CATALOG, stack.catalogProperties(), null);
                RestCatalogServer rest = RestCatalogServer.serve(catalog, 0);
                TlsFront catalogFront = TlsFront.before(port(rest.url()), context());
                TlsFront registryFront = TlsFront.before(port(stack.registryUrl()), context());
                TlsFront s3Front = TlsFront.before(port(stack.s3Endpoint()), context());
                KafkaBroker broker = KafkaBroker.secured(folder, listener())) {
            // Given
            broker.start();
            String topic = test.space + ".events";
            requirePassword(broker);
            fill(broker, topic, Events.values(test.registry, topic, 0, 200));
            int port = FreePort.any();
            Map<String, String> environment = ServiceIT.environment(test, port);
            environment.keySet().removeIf(name -> name.startsWith("FIRN_SINK_CATALOG_"));
            environment.putAll(catalog(catalogFront, s3Front));
            kafka(broker, "s3cret-kafka")
                    .forEach((key, value) -> environment.put("FIRN_KAFKA_PROPERTIES_" + upper(key), value));
            environment.put("FIRN_KAFKA_BOOTSTRAP_SERVERS", broker.secureServers());
            environment.putAll(registry(registryFront, stack.registryUrl()));
            environment.putAll(endpoints(port));

            // When
            Process sink = ServiceIT.start(environment, jvmOptions());

            // Then
            try {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(300))
                        .ignoreExceptions()
                        .until(() -> status(port).path("drained").asBoolean()
                                && test.count(TableIdentifier.parse(topic)) == 200);
                assertThat(registryFront.heard()).contains("Basic c2luazpzM2NyZXQtcmVnaXN0cnk=");
                assertThat(List.of(catalogFront.heard(), s3Front.heard())).doesNotContain("");
                assertThatThrownBy(() -> HttpClient.newHttpClient()
                                .send(
                                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding()))
                        .isInstanceOf(IOException.class);
                assertThat(healthCheck(port)).isZero();
                assertThat(healthCheck(port, "liveness")).isZero();
                assertThat(healthCheck(port, "no-such-probe")).isNotZero();
            } finally {
                sink.destroy();
                sink.waitFor();
            }
        }
        assertThat(Files.readString(Path.of("target", "service-it.log"))).doesNotContain("s3cret-");
    }

    private Map<String, String> listener() {
        Map<String, String> settings = new HashMap<>(stores(theirs, ours));
        settings.put("ssl.client.auth", "required");
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put(
                "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_sink=\"s3cret-kafka\";");
        return settings;
    }

    private Map<String, String> kafka(KafkaBroker broker, String password) {
        Map<String, String> settings = new TreeMap<>(stores(ours, theirs));
        settings.put("bootstrap.servers", broker.secureServers());
        settings.put("security.protocol", "SASL_SSL");
        settings.put("sasl.mechanism", "PLAIN");
        settings.put("sasl.jaas.config", JAAS.formatted(password));
        return settings;
    }

    private static Map<String, String> stores(Path identity, Path trusted) {
        return Map.of(
                "ssl.keystore.location",
                identity.toString(),
                "ssl.keystore.password",
                STORE_PASSWORD,
                "ssl.keystore.type",
                "PKCS12",
                "ssl.truststore.location",
                trusted.toString(),
                "ssl.truststore.password",
                STORE_PASSWORD,
                "ssl.truststore.type",
                "PKCS12");
    }

    private void requirePassword(KafkaBroker broker) {
        try (Admin admin = Admin.create(Map.copyOf(kafka(broker, "guessed")))) {
            assertThatThrownBy(() -> admin.describeCluster().clusterId().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    private void fill(KafkaBroker broker, String topic, List<byte[]> values)
            throws InterruptedException, ExecutionException {
        Map<String, Object> client = Map.copyOf(kafka(broker, "s3cret-kafka"));
        try (Admin admin = Admin.create(client);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
            TopicLeaders.await(admin, List.of(topic));
            for (byte[] value : values) {
                var unused = producer.send(new ProducerRecord<>(topic, value));
            }
            producer.flush();
        }
    }

    private static Map<String, String> catalog(TlsFront catalog, TlsFront s3) {
        Map<String, String> properties =
                new HashMap<>(EmbeddedStack.storageProperties("https://127.0.0.1:" + s3.port()));
        properties.put("type", "rest");
        properties.put("uri", "https://127.0.0.1:" + catalog.port());
        Map<String, String> environment = new HashMap<>();
        properties.forEach((key, value) -> environment.put(ServiceIT.variable(key), value));
        return environment;
    }

    private Map<String, String> registry(TlsFront front, String url) {
        return Map.of(
                "FIRN_REGISTRY_URL",
                "https://127.0.0.1:" + front.port() + URI.create(url).getPath(),
                "FIRN_REGISTRY_USERNAME",
                "sink",
                "FIRN_REGISTRY_PASSWORD",
                "s3cret-registry",
                "FIRN_REGISTRY_TRUST_STORE",
                theirs.toString(),
                "FIRN_REGISTRY_TRUST_STORE_PASSWORD",
                STORE_PASSWORD);
    }

    private Map<String, String> endpoints(int port) {
        return Map.of(
                "MICRONAUT_SERVER_SSL_ENABLED",
                "true",
                "MICRONAUT_SERVER_SSL_PORT",
                Integer.toString(port),
                "MICRONAUT_SERVER_SSL_KEY_STORE_PATH",
                theirs.toUri().toString(),
                "MICRONAUT_SERVER_SSL_KEY_STORE_PASSWORD",
                STORE_PASSWORD,
                "MICRONAUT_SERVER_SSL_KEY_STORE_TYPE",
                "PKCS12");
    }

    /** What the health check of the service's image ends with. */
    private int healthCheck(int port, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("firn.root"), "deploy", "docker", "healthy")
                .toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(endpoints(port));
        return builder.start().waitFor();
    }

    private List<String> jvmOptions() {
        List<String> options = new ArrayList<>(ServiceIT.SHORT_LIVED);
        options.addAll(List.of(
                "-Djavax.net.ssl.trustStore=" + theirs,
                "-Djavax.net.ssl.trustStoreType=PKCS12",
                "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD));
        return options;
    }

    private JsonNode status(int port) throws IOException, InterruptedException, GeneralSecurityException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/status"))
                .build();
        HttpClient client = HttpClient.newBuilder().sslContext(context()).build();
        return new ObjectMapper()
                .readTree(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    /** Of the servers, whom everybody trusts. */
    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(theirs)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private Path keyStore(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private static String upper(String key) {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
