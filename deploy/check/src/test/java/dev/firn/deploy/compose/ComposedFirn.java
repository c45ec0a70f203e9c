package dev.firn.deploy.compose;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.FreePort;
import dev.firn.embedded.RestCatalogServer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Our services with the environment that docker-compose.yml gives them, word for word, but for where they find others: Kafka,
 * registry, S3 and the REST catalog are those of the embedded stack, ports are free ones, volumes are folders.
 */
public final class ComposedFirn implements Closeable {
    private static final String GENERATOR = "generator";
    private static final String PROCESSOR = "processor";
    private static final String SINK = "sink";

    private static final Map<String, String> MODULES =
            Map.of(GENERATOR, "event-generator", PROCESSOR, "stream-processor", SINK, "iceberg-sink");

    /** Each is looked for in all that the services say. */
    static final Map<String, String> SECRETS = Map.of(
            "FIRN_MANAGEMENT_TOKEN", "token-5f0c1d7e",
            "FIRN_MANAGEMENT_VIEWER_TOKEN", "viewer-71d2ae90",
            "FIRN_PII_KEY", "pii-key-9b1f4c77-of-32-characters",
            "S3_SECRET_KEY", EmbeddedStack.shared().s3SecretKey());

    private final Path folder;
    private final EmbeddedStack stack = EmbeddedStack.shared();
    private final JdbcCatalog behind;
    private final RestCatalogServer catalogServer;
    private final Map<String, ComposedService> services = new LinkedHashMap<>();
    private final ComposeFile file;

    private ComposedFirn(Path folder) throws IOException {
        this.folder = folder;
        var variables = new HashMap<>(ComposeFile.exampleVariables());
        variables.putAll(SECRETS);
        variables.put("S3_ACCESS_KEY", stack.s3AccessKey());
        file = ComposeFile.with(variables);
        behind = (JdbcCatalog) CatalogUtil.buildIcebergCatalog(EmbeddedStack.CATALOG, stack.catalogProperties(), null);
        catalogServer = RestCatalogServer.serve(behind, 0);
    }

    /** Returns when the processes are there; they may not be ready. */
    static ComposedFirn start(Path folder) throws IOException {
        var firn = new ComposedFirn(folder);
        for (var name : List.of(GENERATOR, PROCESSOR, SINK)) {
            firn.services.put(name, firn.start(name));
        }
        return firn;
    }

    /** By the names that they have in the file. */
    Map<String, ComposedService> services() {
        return services;
    }

    ComposedService sink() {
        return Objects.requireNonNull(services.get(SINK));
    }

    /** That the sink commits to. */
    Catalog catalog() {
        return behind;
    }

    private ComposedService start(String name) throws IOException {
        var module = Objects.requireNonNull(MODULES.get(name));
        return ComposedService.start(
                module,
                "dev.firn." + module.substring(module.indexOf('-') + 1),
                String.valueOf(file.service(name).get("mem_limit")),
                here(file.environment(name)),
                folder);
    }

    private Map<String, String> here(Map<String, String> environment) throws IOException {
        var here = new TreeMap<String, String>();
        environment.forEach((name, value) -> here.put(name, here(value)));
        here.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
        here.put("MICRONAUT_SERVER_PORT", Integer.toString(FreePort.any()));
        return here;
    }

    private String here(String value) {
        return value.replace("kafka:9092", stack.bootstrapServers())
                .replace("http://registry:8080/apis/ccompat/v7", stack.registryUrl())
                .replace("http://seaweedfs:8333", stack.s3Endpoint())
                .replace("http://nessie:19120/iceberg/main", catalogServer.url())
                .replaceAll("^/data", folder.resolve("data").toString());
    }

    @Override
    public void close() throws IOException {
        services.values().forEach(ComposedService::close);
        catalogServer.close();
        behind.close();
    }
}
