package dev.firn.sink.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import dev.firn.contract.PartitionTransform;
import dev.firn.launch.Passthrough;
import dev.firn.sink.consume.Routes;
import dev.firn.sink.consume.Share;
import dev.firn.sink.consume.StartAt;
import dev.firn.sink.consume.Target;
import dev.firn.sink.decode.ValueFormat;
import dev.firn.sink.table.KeyFormat;
import dev.firn.sink.table.Repartitioning;
import dev.firn.sink.table.TableKind;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.yaml.YamlPropertySourceLoader;
import io.micronaut.context.exceptions.BeanInstantiationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.Test;

class SinkSettingsTest {
    @Test
    void shouldHaveTheDefaultsOfTheReferenceFileWhenNothingIsSaid() throws IOException {
        // When
        SinkSettings defaults = settings(Map.of());
        SinkSettings reference = settings(file("reference.yml"));

        // Then
        assertThat(reference).isEqualTo(defaults);
        assertThat(defaults.topicPattern().matcher("raw.activity").matches()).isTrue();
        assertThat(defaults.topicPattern().matcher("firn-processor.customers").matches())
                .isFalse();
        assertThat(defaults.windowInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(defaults.start()).isEqualTo(StartAt.EARLIEST);
    }

    @Test
    void shouldNameEveryKeyInTheReferenceFile() throws IOException {
        // Given
        String text;
        try (InputStream in = stream("reference.yml")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        // Then
        Set<String> undocumented = new TreeSet<>();
        for (String key : SinkFactory.KNOWN.keys()) {
            boolean ours = Stream.of("sink", "kafka", "registry", "lineage")
                    .anyMatch(part -> key.startsWith("firn." + part + "."));
            String name = key.replaceFirst("\\.$", "").replaceFirst(".*\\.", "");
            if (ours && !key.endsWith("java-opts") && !text.contains(name + ":")) {
                undocumented.add(key);
            }
        }
        assertThat(undocumented).isEmpty();
    }

    @Test
    void shouldTakeEveryKeyWhenSaid() throws IOException {
        // When
        Map<String, Object> minimal = file("minimal.yml");
        SinkSettings settings = settings(minimal);

        // Then
        assertThat(settings.topics()).containsExactly("orders");
        assertThat(settings.topicPattern().matcher("orders").matches()).isTrue();
        assertThat(settings.topicPattern().matcher("orders2").matches()).isFalse();
        try (ApplicationContext context = context(minimal)) {
            assertThat(CatalogProperties.of(context.getEnvironment()))
                    .containsOnly(
                            Map.entry("type", "rest"),
                            Map.entry("uri", "http://catalog:8181"),
                            Map.entry("warehouse", "s3://lake/warehouse"));
            SinkFactory.KNOWN.check(context);
        }
    }

    @Test
    void shouldReadDotsAndDashesWhenTheyComeFromTheEnvironment() {
        // Given
        PropertySource variables = PropertySource.of(
                "variables",
                Map.of(
                        "FIRN_SINK_CATALOG_TYPE", "rest",
                        "FIRN_SINK_CATALOG_S3_ACCESS_KEY_ID", "one",
                        "FIRN_SINK_CATALOG_IO__IMPL", "two",
                        "FIRN_SINK_CATALOG_MY_OWN__KEY", "three",
                        "FIRN_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL"));

        // When
        try (ApplicationContext context = ApplicationContext.builder()
                .bootstrapEnvironment(false)
                .eagerInitConfiguration(false)
                .propertySources(variables)
                .build()) {
            Environment environment = context.getEnvironment();
            environment.start();

            // Then
            assertThat(CatalogProperties.of(environment))
                    .containsOnly(
                            Map.entry("type", "rest"),
                            Map.entry("s3.access-key-id", "one"),
                            Map.entry("io-impl", "two"),
                            Map.entry("my.own-key", "three"));
            assertThat(Passthrough.below("firn.kafka.properties.", environment))
                    .containsOnly(Map.entry("security.protocol", "SSL"));
        }
    }

    @Test
    void shouldNameTheKeyWhenAValueIsWrong() {
        requireRefused("firn.sink.lanes", "0");
        requireRefused("firn.sink.lanes", "two");
        requireRefused("firn.sink.window-interval", "0s");
        requireRefused("firn.sink.memory", "lots");
        requireRefused("firn.sink.topics-pattern", "(");
        requireRefused("firn.sink.quarantine", "quarantine");
        requireRefused("firn.sink.commit-threads", "0");
        requireRefused("firn.sink.orphan-age", "1h");
    }

    @Test
    void shouldNameTheKeyWhenNoCatalogIsSaid() {
        assertThatThrownBy(() -> settings(Map.of("firn.sink.catalog.type", "", "firn.sink.catalog.uri", "http://c")))
                .isInstanceOf(BeanInstantiationException.class)
                .hasMessageContaining("firn.sink.catalog.type");
    }

    @Test
    void shouldRouteByEntryThenRuleThenName() {
        // Given
        Routes routes = routes(
                Map.of(
                        "tables", Map.of("orders", "shop.orders"),
                        "keys", Map.of("shop.lines", "order_id, line"),
                        "formats", Map.of("app.logs", "json")),
                "raw.->bronze.");

        // Then
        assertThat(routes.target("orders")).isEqualTo(target("shop.orders", TableKind.PLAIN));
        assertThat(routes.target("raw.activity")).isEqualTo(target("bronze.activity", TableKind.BRONZE));
        assertThat(routes.target("gold.web_sessions")).isEqualTo(target("gold.web_sessions", TableKind.PLAIN));
        assertThat(routes.target("shop.lines").key()).containsExactly("order_id", "line");
        assertThat(routes.target("payments")).isEqualTo(target("default.payments", TableKind.PLAIN));
        assertThat(routes.target("app.logs").kind()).isEqualTo(TableKind.BRONZE);
        assertThat(routes.target("app.logs").format()).isEqualTo(ValueFormat.JSON);
        assertThatThrownBy(() -> routes(Map.of("formats", Map.of("t", "xml"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.sink.formats.t must be avro, json, string or bytes, not 'xml'");
        assertThatThrownBy(() -> routes(Map.of(), "raw"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.sink.naming");
    }

    @Test
    void shouldShareATopicAmongTablesByValue() {
        // Given
        Routes routes = shares("event.type->purchase=shop.sales, refund=shop.sales,visit=visits");
        Routes withRest = shares("type->visit=visits,*=shop.rest");

        // Then
        Target first = routes.target("raw.events");
        assertThat(first.table()).hasToString("shop.sales");
        assertThat(first.kind()).isEqualTo(TableKind.BRONZE);
        assertThat(first.share())
                .contains(new Share(
                        "raw.events", "event.type", Set.of("purchase", "refund"), Set.of("visit"), Share.Rest.REJECTS));
        assertThat(routes.others())
                .extracting(target ->
                        target.table() + " " + target.share().map(Share::rest).orElseThrow())
                .containsExactly("default.visits LEAVES");
        assertThat(withRest.target("raw.events").table()).hasToString("shop.rest");
        assertThat(withRest.target("raw.events").share().map(Share::rest)).contains(Share.Rest.TAKES);
        for (String wrong : List.of(
                "", "type", "type->", "type->a", "type->a=", "a->b->c=d", "type->a=one,b=two,a=two", "t->*=a,*=b")) {
            assertThatThrownBy(() -> shares(wrong))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("firn.sink.shares.raw.events");
        }
    }

    private static Routes shares(String text) {
        return routes(Map.of("shares", Map.of("raw.events", text)));
    }

    private static Routes routes(Map<String, Map<String, String>> entries, String... rules) {
        return new TopicRoutes(new Entries(entries), List.of(rules), "default", List.of("bronze"));
    }

    @Test
    void shouldHoldKeysAsTheTopicsEntrySays() {
        // When
        Routes routes = routes(
                Map.of(
                        "key-formats", Map.of("raw.orders", "avro", "logs", "long", "events", "string"),
                        "formats", Map.of("logs", "json"),
                        "shares", Map.of("events", "type->a=shop.a,*=shop.b")),
                "raw.->bronze.");

        // Then
        assertThat(routes.target("raw.orders").kind()).isEqualTo(TableKind.BRONZE.withKeys(KeyFormat.AVRO));
        assertThat(routes.target("raw.others").kind()).isEqualTo(TableKind.BRONZE);
        assertThat(routes.target("logs").kind().keys()).isEqualTo(KeyFormat.LONG);
        assertThat(routes.others().get(0).kind().keys()).isEqualTo(KeyFormat.STRING);
        assertThatThrownBy(() -> routes(Map.of("key-formats", Map.of("raw.orders", "int")), "raw.->bronze."))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.sink.key-formats.raw.orders must be avro, string, long or bytes");
        assertThat(routes(Map.of("key-formats", Map.of("silver.orders", "string")))
                        .target("silver.orders")
                        .kind())
                .isEqualTo(TableKind.PLAIN.withKeys(KeyFormat.STRING));
    }

    @Test
    void shouldPutATableOnABranchAsItsEntrySays() {
        // When
        Routes routes = routes(Map.of("branches", Map.of("shop.orders", "staged")));

        // Then
        assertThat(routes.target("shop.orders").branch()).contains("staged");
        assertThat(routes.target("shop.others").branch()).isEmpty();
    }

    @Test
    void shouldPartitionATableAsItsEntrySays() {
        // When
        Routes routes = routes(Map.of(
                "partition-by", Map.of("shop.orders", "day(at), bucket(16, customer.id),country", "shop.lines", ""),
                "shares", Map.of("events", "type->order=shop.orders,line=shop.lines")));

        // Then
        assertThat(routes.target("shop.orders").partitioning().orElseThrow().parts())
                .extracting(PartitionTransform::toString)
                .containsExactly("day(at)", "bucket(16, customer.id)", "country");
        assertThat(routes.target("events").partitioning())
                .isEqualTo(routes.target("shop.orders").partitioning());
        assertThat(routes.others().get(0).partitioning()).contains(new Repartitioning(List.of()));
        assertThat(routes.target("shop.others").partitioning()).isEmpty();
        for (String wrong : List.of("days(at)", "bucket(at)", "day(at), bucket(0, id)")) {
            assertThatThrownBy(() -> routes(Map.of("partition-by", Map.of("shop.orders", wrong))))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("firn.sink.partition-by.shop.orders");
        }
    }

    @Test
    void shouldRefuseAKeyForATableOfRowsAsTheyCame() {
        assertThatThrownBy(() -> routes(Map.of("keys", Map.of("raw.lines", "id")), "raw.->bronze."))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("firn.sink.keys.raw.lines");
    }

    @Test
    void shouldReadSizesAsPeopleWriteThem() {
        assertThat(ByteSize.parse("k", "4096")).isEqualTo(4096);
        assertThat(ByteSize.parse("k", "64MB")).isEqualTo(64L << 20);
        assertThat(ByteSize.parse("k", "1 GiB")).isEqualTo(1L << 30);
        assertThatThrownBy(() -> ByteSize.parse("firn.x", "-1")).hasMessageContaining("firn.x");
    }

    private static Target target(String table, TableKind kind) {
        return new Target(TableIdentifier.parse(table), kind);
    }

    private static void requireRefused(String key, String value) {
        assertThatThrownBy(() -> settings(Map.of(key, value)))
                .isInstanceOf(BeanInstantiationException.class)
                .hasMessageContaining(key);
    }

    private static SinkSettings settings(Map<String, Object> properties) {
        try (ApplicationContext context = context(properties)) {
            return context.getBean(SinkSettings.class);
        }
    }

    private static ApplicationContext context(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(properties);
        all.putIfAbsent("firn.sink.catalog.type", "rest");
        ApplicationContext context = ApplicationContext.builder()
                .properties(all)
                .environmentPropertySource(false)
                .eagerInitConfiguration(false)
                .eagerInitSingletons(false)
                .build();
        // the sink in it finds no catalog, and goes on looking for one until the context is closed
        return context.start();
    }

    private static Map<String, Object> file(String name) throws IOException {
        try (InputStream in = stream(name)) {
            return new YamlPropertySourceLoader().read(name, in);
        }
    }

    private static InputStream stream(String name) {
        return Objects.requireNonNull(SinkSettingsTest.class.getResourceAsStream("/" + name));
    }
}
