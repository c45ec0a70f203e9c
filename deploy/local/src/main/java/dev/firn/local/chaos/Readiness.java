package dev.firn.local.chaos;

import dev.firn.local.CommandException;
import dev.firn.local.display.Amounts;
import dev.firn.local.status.Services;
import dev.firn.local.supervise.Role;
import dev.firn.local.up.Launches;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether processes that run do what they are there for. */
record Readiness(Launches launches, Services services) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Map<Role, String> ASKED =
            Map.of(Role.REGISTRY, "/apis/ccompat/v7/subjects", Role.CATALOG, "/v1/config");

    /**
     * Returns when all are ready.
     *
     * @param meanwhile is done again and again
     * @throws CommandException if one is not in three minutes
     */
    void await(List<Role> roles, Meanwhile meanwhile) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var waiting = new ArrayList<>(roles);
        while (!waiting.isEmpty()) {
            meanwhile.run();
            for (var role : List.copyOf(waiting)) {
                if (isReady(role)) {
                    waiting.remove(role);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new CommandException("%s not ready after %s: see firn logs"
                        .formatted(waiting.stream().map(Role::label).toList(), Amounts.seconds(PATIENCE)));
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private boolean isReady(Role role) throws InterruptedException {
        var path = ASKED.get(role);
        if (path != null) {
            return answers(URI.create("http://127.0.0.1:" + launches.port(role) + path));
        }
        return Role.SERVERS.contains(role) ? isOpen(launches.port(role)) : services.isHealthy(launches.port(role));
    }

    private static boolean answers(URI address) throws InterruptedException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWER).build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private static boolean isOpen(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** What is done while others wait. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws IOException, InterruptedException;
    }
}
