package dev.firn.deploy.compose;

import dev.firn.deploy.Project;
import dev.firn.process.ChildJvm;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** One of our services, started as its container would start it. */
final class ComposedService implements Closeable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int STOP_SECONDS = 30;

    private final int port;
    private final Path log;
    private final Process process;

    private ComposedService(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /**
     * @param module whose jar it is
     * @param packageName of its main class
     * @param memory of its container, which the size of its heap follows
     * @param environment the container's, with addresses of this machine
     */
    static ComposedService start(
            String module, String packageName, String memory, Map<String, String> environment, Path folder)
            throws IOException {
        var log = folder.resolve(module + ".log");
        var child = new ChildJvm(
                packageName + ".Main",
                List.of(Project.path(module + "/target/" + module + ".jar")),
                List.of("-XX:MaxRAM=" + memory, "-XX:TieredStopAtLevel=1"),
                List.of(),
                environment,
                variablesOfOurs(),
                log,
                folder.resolve(module));
        return new ComposedService(Integer.parseInt(environment.get("MICRONAUT_SERVER_PORT")), log, child.start());
    }

    int port() {
        return port;
    }

    String log() {
        return Project.text(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The body of the answer, whatever its status. */
    String get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    /** The body of the answer to an empty request, whatever its status. */
    String post(String path, String authorization) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization)
                .POST(BodyPublishers.noBody())
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    /** What the container's health check ends with. */
    int healthy(String... arguments) throws IOException, InterruptedException {
        return healthCheck(port, arguments);
    }

    static int healthCheck(int port, String... arguments) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(List.of(Project.path("deploy/docker/healthy").toString()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MICRONAUT_SERVER_PORT", Integer.toString(port));
        return builder.start().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing of whoever runs the test gets in among what the file says. */
    private static Set<String> variablesOfOurs() {
        return System.getenv().keySet().stream()
                .filter(name -> name.startsWith("FIRN_") || name.startsWith("MICRONAUT_"))
                .collect(Collectors.toSet());
    }
}
