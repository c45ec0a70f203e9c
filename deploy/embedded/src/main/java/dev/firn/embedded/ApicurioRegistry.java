package dev.firn.embedded;

import dev.firn.process.ChildJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Apicurio Registry as a child process, its schemas in a file. It can be stopped and started again, with the same schemas and
 * ids on the same port. The child ends with this process, even where this process is killed.
 */
public final class ApicurioRegistry implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path folder;
    private final Path log;
    private final int port;
    private @Nullable Process process;

    ApicurioRegistry(Path folder, Path log, int port) throws IOException {
        this.folder = Files.createDirectories(folder).toAbsolutePath();
        this.log = log;
        this.port = FreePort.of("the schema registry", port);
    }

    /** Base of the Confluent REST API. */
    public String url() {
        return "http://" + Loopback.ADDRESS + ":" + port + "/apis/ccompat/v7";
    }

    /** Returns when it answers. */
    public void start() throws IOException, InterruptedException {
        if (process == null) {
            var started = child().start();
            process = started;
            awaitAnswer(started);
        }
    }

    /** Returns when the process has ended; what it holds stays. Where this thread is interrupted, it is killed. */
    public void stop() {
        var running = process;
        process = null;
        if (running != null) {
            running.destroy();
            endWithin(running, STOP);
        }
    }

    /** The running process, for whoever wants to watch it, or to kill it. */
    public Optional<ProcessHandle> process() {
        return Optional.ofNullable(process).map(Process::toHandle);
    }

    @Override
    public void close() {
        stop();
    }

    private ChildJvm child() throws IOException {
        return new ChildJvm(
                "io.quarkus.runner.GeneratedMain",
                List.of(RegistryHome.jar()),
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.http.host=" + Loopback.ADDRESS,
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.http.access-log.enabled=false",
                        "-Dapicurio.storage.kind=sql",
                        "-Dapicurio.storage.sql.kind=h2",
                        // an id that was handed out must survive a kill: written before the answer
                        "-Dapicurio.datasource.url=jdbc:h2:file:" + folder.resolve("registry") + ";WRITE_DELAY=0",
                        "-Dapicurio.datasource.jdbc.initial-size=1",
                        "-Dapicurio.datasource.jdbc.min-size=1",
                        "-Dapicurio.datasource.jdbc.max-size=8",
                        "-Dapicurio.ccompat.max-subjects=100000"),
                List.of(),
                Map.of(),
                Set.of(),
                log,
                folder);
    }

    private static void endWithin(Process process, Duration time) {
        try {
            if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private void awaitAnswer(Process started) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!started.isAlive()) {
                throw new IOException("the schema registry ended while it started; its log: " + log);
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "the schema registry does not answer after " + START.toSeconds() + " s; its log: " + log);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private boolean answers() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not yet
        }
    }
}
