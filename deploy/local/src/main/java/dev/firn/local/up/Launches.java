package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.Place;
import dev.firn.local.supervise.Launch;
import dev.firn.local.supervise.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How each process of a Firn is started.
 *
 * @param generator what the options ask of the generator, as its environment
 */
public record Launches(Place place, Map<String, String> generator) {
    private static final String HASH_KEY = "FIRN_PII_KEY";

    Launch infrastructure() {
        return servers(Role.INFRA, List.of());
    }

    /** One server of the infrastructure, as a process of its own. */
    public Launch server(Role role) {
        return servers(role, List.of("--only=" + role.label()));
    }

    private Launch servers(Role role, List<String> more) {
        var ports = place.ports().infrastructure();
        var arguments = new ArrayList<>(List.of(
                "--data-dir=" + place.dataDir(),
                "--kafka-port=" + ports.kafka(),
                "--controller-port=" + ports.controller(),
                "--registry-port=" + ports.registry(),
                "--s3-port=" + ports.s3(),
                "--catalog-port=" + place.ports().catalog()));
        arguments.addAll(more);
        return launch(role, "deploy/embedded/target/firn-embedded.jar", "dev.firn.embedded.Main", arguments, Map.of());
    }

    /** One of the services, on a running infrastructure. */
    public Launch service(Role role, Addresses addresses) throws IOException {
        return switch (role) {
            case INFRA -> infrastructure();
            case KAFKA, REGISTRY, S3, CATALOG -> server(role);
            case GENERATOR -> service(role, "event-generator", "dev.firn.generator", addresses, generator());
            case PROCESSOR -> service(role, "stream-processor", "dev.firn.processor", addresses, processor());
            case SINK, SINK2 -> service(role, "iceberg-sink", "dev.firn.sink", addresses, sink(addresses));
            case QUERY -> query();
        };
    }

    /** Where it listens. */
    public int port(Role role) {
        var ports = place.ports();
        return switch (role) {
            case INFRA, KAFKA -> ports.kafka();
            case REGISTRY -> ports.registry();
            case S3 -> ports.s3();
            case CATALOG -> ports.catalog();
            case GENERATOR -> ports.generator();
            case PROCESSOR -> ports.processor();
            case SINK -> ports.sink();
            case SINK2 -> ports.sink2();
            case QUERY -> ports.query();
        };
    }

    private Launch query() {
        return launch(
                Role.QUERY,
                "deploy/local/target/firn-local.jar",
                "dev.firn.local.query.QueryServer",
                List.of(place.dataDir().toString(), Integer.toString(port(Role.QUERY))),
                Map.of());
    }

    private Map<String, String> processor() throws IOException {
        var environment = new TreeMap<String, String>();
        environment.put(
                "FIRN_PROCESSOR_STATE_DIR", place.dataDir().resolve("state").toString());
        // the company's time is its own: what is far ahead of the clock, and comes after a gap, is right nevertheless
        environment.put("FIRN_PROCESSOR_MAX_AHEAD", "3650d");
        if (!System.getenv().containsKey(HASH_KEY)) {
            environment.put(HASH_KEY, HashKey.in(place.dataDir().resolve("pii.key")));
        }
        return environment;
    }

    private Map<String, String> sink(Addresses addresses) {
        var environment = new TreeMap<>(addresses.sinkCatalog());
        var ports = place.ports();
        environment.put("FIRN_SINK_DASHBOARD_GENERATORS", "http://127.0.0.1:" + ports.generator());
        environment.put("FIRN_SINK_DASHBOARD_PROCESSORS", "http://127.0.0.1:" + ports.processor());
        environment.put("FIRN_SINK_DASHBOARD_SQL_ENGINE", "http://127.0.0.1:" + ports.query());
        return environment;
    }

    private Launch service(
            Role role, String module, String packageName, Addresses addresses, Map<String, String> environment) {
        var all = new TreeMap<>(environment);
        all.put("FIRN_KAFKA_BOOTSTRAP_SERVERS", addresses.bootstrapServers());
        all.put("FIRN_REGISTRY_URL", addresses.registryUrl());
        all.put("MICRONAUT_SERVER_HOST", "127.0.0.1");
        all.put("MICRONAUT_SERVER_PORT", Integer.toString(port(role)));
        return launch(role, module + "/target/" + module + ".jar", packageName + ".Main", List.of(), all);
    }

    private Launch launch(
            Role role, String jar, String mainClass, List<String> arguments, Map<String, String> environment) {
        return new Launch(
                role,
                List.of(built(place.root().resolve(jar))),
                mainClass,
                arguments,
                environment,
                place.log(role.label()),
                place.dataDir().resolve("run").resolve(role.label()));
    }

    private static Path built(Path jar) {
        if (!Files.exists(jar)) {
            throw new CommandException(jar + " is missing: build the project (mvn package -DskipTests)");
        }
        return jar;
    }
}
