package dev.firn.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.embedded.FreePort;
import dev.firn.sink.write.BenchRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What the real process costs from its start until every record of a topic is committed, flat ones of 26 fields, beside
 * polling alone and polling into Iceberg's generic writer. Broker, registry, S3 and catalog are in this process, whose
 * own costs don't count. Argument: how many records.
 */
public final class SinkBench {
    private static final int PARTITIONS = 4;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final TestSink test;
    private final int records;
    private final String topic;

    private SinkBench(TestSink test, int records) {
        this.test = test;
        this.records = records;
        this.topic = test.topic("flat", PARTITIONS);
    }

    public static void main(String[] arguments) throws Exception {
        int records = Integer.parseInt(arguments[0]);
        try (TestSink test = new TestSink()) {
            new SinkBench(test, records).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        int id = test.registry.register(topic + "-value", BenchRecords.FLAT.schema());
        test.produce(topic, () -> BenchRecords.FLAT.framed(id).limit(records).iterator());
        System.out.printf("%,d records in %d partitions; CPU seconds per million%n", records, PARTITIONS);
        System.out.println(Cost.HEADER);
        baseline(PollBench.POLL);
        baseline(PollBench.WRITE);
        System.out.println(sink());
        requireEachOnce();
        System.out.println("every record is in the table, once");
    }

    private void baseline(String kind) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PollBench.class.getName(),
                        kind,
                        TestSink.STACK.bootstrapServers(),
                        topic,
                        Integer.toString(records))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(kind + " failed");
        }
    }

    private Cost sink() throws IOException, InterruptedException {
        int port = FreePort.any();
        Map<String, String> environment = new TreeMap<>(ServiceIT.environment(test, port));
        environment.put("FIRN_SINK_WINDOW_INTERVAL", "5s");
        environment.put("FIRN_SINK_AS_THEY_CAME", "none");
        long began = System.nanoTime();
        Process process = ServiceIT.start(environment, List.of("-Xmx1g", "-XX:+UseSerialGC"));
        try {
            Half half = null;
            while (test.count(TableIdentifier.parse(topic)) < records) {
                Thread.sleep(LOOK.toMillis());
                long lag = half == null ? lag(port) : 0;
                if (lag > 0 && lag <= records / 2) {
                    half = new Half(records - lag, since(began), cpu(process));
                }
            }
            return new Cost("Firn's sink", records, since(began), cpu(process), half == null ? Half.NEVER_SEEN : half);
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static Duration cpu(Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** 0 while it is not known. */
    private static long lag(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            String status = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
            JsonNode lag = new ObjectMapper().readTree(status).path("lag");
            return lag.asLong();
        } catch (IOException e) {
            return 0;
        }
    }

    private void requireEachOnce() throws IOException {
        Map<Integer, BitSet> seen = new HashMap<>();
        long rows = 0;
        try (CloseableIterable<Record> read = IcebergGenerics.read(test.catalog.loadTable(TableIdentifier.parse(topic)))
                .select("_kafka_partition", "_offset")
                .build()) {
            for (Record row : read) {
                rows++;
                seen.computeIfAbsent((Integer) row.getField("_kafka_partition"), partition -> new BitSet())
                        .set(Math.toIntExact((long) row.getField("_offset")));
            }
        }
        long distinct = seen.values().stream().mapToLong(BitSet::cardinality).sum();
        if (rows != records || distinct != records) {
            throw new IllegalStateException(rows + " rows of " + distinct + " records, not " + records);
        }
    }

    /** When so many records had been read that the rest tells how it goes on. */
    record Half(long read, Duration wall, Duration cpu) {
        static final Half NEVER_SEEN = new Half(0, Duration.ZERO, Duration.ZERO);
    }

    /** What a process took, warm-up counted and not. */
    record Cost(String what, long records, Duration wall, Duration cpu, Half half) {
        static final String HEADER = String.format(
                "%-32s %8s %11s %8s   %s%n%-32s %8s %11s %8s %11s %8s",
                "", "", "whole", "", "from half on", "", "seconds", "records/s", "CPU", "records/s", "CPU");

        @Override
        public String toString() {
            long rest = records - half.read();
            return String.format(
                    "%-32s %8.1f %,11.0f %8.1f %,11.0f %8.1f",
                    what,
                    wall.toMillis() / 1e3,
                    records * 1e3 / wall.toMillis(),
                    cpu.toMillis() * 1e3 / records,
                    rest * 1e3 / wall.minus(half.wall()).toMillis(),
                    cpu.minus(half.cpu()).toMillis() * 1e3 / rest);
        }
    }
}
