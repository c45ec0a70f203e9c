package dev.firn.processor;

import static org.awaitility.Awaitility.await;

import dev.firn.embedded.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/** The service as it ships, as a process of its own, so that it can be killed. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration DRAINS = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static ServiceProcess start(Path log, Map<String, String> environment) throws IOException {
        return start(log, environment, List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    }

    /** With options for Java. */
    static ServiceProcess start(Path log, Map<String, String> environment, List<String> options) throws IOException {
        int port = FreePort.any();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-jar");
        command.add(Path.of(System.getProperty("firn.root"), "stream-processor", "target", "stream-processor.jar")
                .toString());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("FIRN_"));
        builder.environment().putAll(environment);
        builder.environment().put("MICRONAUT_SERVER_PORT", Integer.toString(port));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ServiceProcess(builder.start(), port, log);
    }

    /** The body, or the empty string while nobody answers. */
    String get(String path) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service has ended by itself: " + logged());
        }
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private String logged() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for all to be processed; if that takes too long, says what the service is at and what troubled it. */
    void awaitDrained() {
        try {
            await().atMost(DRAINS).until(this::isDrained);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(troubles(), e);
        }
    }

    boolean isDrained() {
        return get("/status").contains("\"drained\":true");
    }

    private String troubles() {
        return logged().lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR ") || line.contains("state="))
                .collect(Collectors.joining("\n", "not drained: " + get("/status") + "\n", ""));
    }

    /** Time of the CPU that it has taken so far. */
    CpuTime cpu() {
        return CpuTime.of(process.toHandle());
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As {@code kill}.
     *
     * @return the exit code
     */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
