package dev.firn.local.up;

import dev.firn.local.CommandException;
import dev.firn.local.PortPlan;
import dev.firn.local.supervise.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds out that a port is taken before anything is started. */
public final class FreePorts {
    private FreePorts() {}

    /** Looks at all ports that these processes need.
     *
     * @throws CommandException naming the first one that is taken
     */
    public static void check(PortPlan ports, List<Role> roles) {
        for (var role : roles) {
            needed(ports, role).forEach((name, port) -> {
                if (!isFree(port)) {
                    throw new CommandException(
                            "port %d for %s is in use: stop what uses it, or choose other ports with --port-base (now %d)"
                                    .formatted(port, name, ports.base()));
                }
            });
        }
    }

    private static Map<String, Integer> needed(PortPlan ports, Role role) {
        return switch (role) {
            case INFRA -> infrastructure(ports);
            case GENERATOR -> Map.of(role.inWords(), ports.generator());
            case PROCESSOR -> Map.of(role.inWords(), ports.processor());
            case SINK -> Map.of(role.inWords(), ports.sink());
            case SINK2 -> Map.of(role.inWords(), ports.sink2());
            case QUERY -> Map.of(role.inWords(), ports.query());
            case REGISTRY -> Map.of(role.inWords(), ports.registry());
            case S3 -> Map.of(role.inWords(), ports.s3());
            case CATALOG -> Map.of(role.inWords(), ports.catalog());
            case KAFKA -> kafka(ports);
        };
    }

    private static Map<String, Integer> infrastructure(PortPlan ports) {
        var named = new LinkedHashMap<String, Integer>();
        named.put("the schema registry", ports.registry());
        named.put("S3", ports.s3());
        named.putAll(kafka(ports));
        return named;
    }

    private static Map<String, Integer> kafka(PortPlan ports) {
        return Map.of(
                "Kafka",
                ports.kafka(),
                "Kafka's controller",
                ports.infrastructure().controller());
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
