package dev.firn.local.chaos;

import static java.util.Objects.requireNonNull;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.embedded.FaultyProxy;
import dev.firn.local.Place;
import dev.firn.local.supervise.Fleet;
import dev.firn.local.supervise.Launch;
import dev.firn.local.supervise.Role;
import dev.firn.local.up.Addresses;
import dev.firn.local.up.Launches;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The processes of a chaos run: each server one of its own, a proxy before those that speak HTTP, the services, and a second sink. For one
 * thread.
 */
final class Victims implements Closeable {
    static final List<Role> SERVICES = List.of(Role.GENERATOR, Role.PROCESSOR, Role.SINK, Role.SINK2);

    /** Short, so that a frozen process is given up while it is frozen. */
    private static final Map<String, String> IMPATIENCE = Map.of("FIRN_KAFKA_PROPERTIES_SESSION_TIMEOUT_MS", "10000");

    private final Fleet fleet;
    private final Launches launches;
    private final Addresses addresses;
    private final Map<Role, FaultyProxy> proxies;
    private final Set<Role> killed = EnumSet.noneOf(Role.class);

    private Victims(Fleet fleet, Launches launches, Addresses addresses, Map<Role, FaultyProxy> proxies) {
        this.fleet = fleet;
        this.launches = launches;
        this.addresses = addresses;
        this.proxies = proxies;
    }

    /** None of them runs yet. */
    static Victims of(Place place, Launches launches, Fleet fleet) throws IOException {
        var proxies = new EnumMap<Role, FaultyProxy>(Role.class);
        for (var role : List.of(Role.REGISTRY, Role.S3, Role.CATALOG)) {
            proxies.put(role, FaultyProxy.before("http://127.0.0.1:" + launches.port(role)));
        }
        var addresses = Addresses.note(place.dataDir(), reached(place, endpoints(proxies)));
        return new Victims(fleet, launches, addresses, proxies);
    }

    /** By the services: what speaks HTTP, through its proxy. */
    private static Map<String, String> reached(Place place, Function<Role, String> endpoint) {
        var values = new TreeMap<String, String>();
        values.put("bootstrap.servers", "127.0.0.1:" + place.ports().kafka());
        values.put("registry.url", endpoint.apply(Role.REGISTRY) + "/apis/ccompat/v7");
        values.put("s3.endpoint", endpoint.apply(Role.S3));
        values.put("catalog.type", "rest");
        values.put("catalog.uri", endpoint.apply(Role.CATALOG));
        EmbeddedStack.storageProperties(endpoint.apply(Role.S3))
                .forEach((key, value) -> values.put("catalog." + key, value));
        return values;
    }

    private static Function<Role, String> endpoints(Map<Role, FaultyProxy> proxies) {
        return role -> requireNonNull(proxies.get(role)).endpoint();
    }

    private FaultyProxy proxy(Role role) {
        return requireNonNull(proxies.get(role));
    }

    void start(Role role) throws IOException {
        fleet.start(launch(role));
    }

    private Launch launch(Role role) throws IOException {
        var launch = launches.service(role, addresses);
        return role == Role.PROCESSOR || role == Role.SINK || role == Role.SINK2 ? launch.with(IMPATIENCE) : launch;
    }

    void strike(Strike strike) throws IOException, InterruptedException {
        var target = strike.target();
        if (strike.harm() instanceof Harm.Kill) {
            killed.add(target);
            fleet.child(target).killAll();
        } else if (strike.harm() instanceof Harm.Freeze) {
            fleet.child(target).freeze(true);
        } else if (strike.harm() instanceof Harm.Answers answers) {
            proxy(target)
                    .inject((method, path) -> ThreadLocalRandom.current().nextInt(100) < answers.percent()
                            ? Optional.of(answers.fault())
                            : Optional.empty());
        }
    }

    void heal(Strike strike) throws IOException, InterruptedException {
        var target = strike.target();
        if (strike.harm() instanceof Harm.Kill) {
            start(target);
            killed.remove(target);
        } else if (strike.harm() instanceof Harm.Freeze) {
            fleet.child(target).freeze(false);
        } else {
            proxy(target).inject((method, path) -> Optional.empty());
        }
    }

    /** Starts again what has ended although nobody killed it.
     *
     * @return what has ended, with its exit code
     */
    Map<Role, Integer> revive() throws IOException {
        var ended = new EnumMap<Role, Integer>(Role.class);
        for (var role : all()) {
            var exit = fleet.child(role).exitCode();
            if (exit.isPresent() && !killed.contains(role)) {
                ended.put(role, exit.getAsInt());
                start(role);
            }
        }
        return ended;
    }

    /** Lets the first sink have all partitions. */
    void retireSecondSink() {
        fleet.stop(Role.SINK2);
    }

    /** Requests that met a fault. */
    int struck(Role server) {
        return proxy(server).struck();
    }

    static List<Role> all() {
        var all = new ArrayList<>(Role.SERVERS);
        all.addAll(SERVICES);
        return all;
    }

    @Override
    public void close() throws IOException {
        for (var proxy : proxies.values()) {
            proxy.close();
        }
    }
}
