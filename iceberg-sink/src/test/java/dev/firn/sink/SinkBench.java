package dev.firn.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
        int port = ServiceIT.freePort();
        Map<String, String> environment = new TreeMap<>(ServiceIT.environment(test, port));
        environment.put("FIRN_SINK_WINDOW_INTERVAL", "5s");
        environment.put("FIRN_SINK_AS_THEY_CAME", "none");
        long began = System.nanoTime();
        Process process = ServiceIT.start(environment, List.of("-Xmx1g", "-XX:+UseSerialGC"));
        try {
            Duration half = null;
            long halfRead = 0;
            while (test.count(TableIdentifier.parse(topic)) < records) {
                Thread.sleep(LOOK.toMillis());
                long lag = half == null ? lag(port) : 0;
                if (lag > 0 && lag <= records / 2) {
                    half = cpu(process);
                    halfRead = records - lag;
                }
            }
            Duration wall = Duration.ofNanos(System.nanoTime() - began);
            return new Cost("Firn's sink", records, wall, cpu(process), half == null ? cpu(process) : half, halfRead);
        } finally {
            process.destroy();
            process.waitFor();
        }
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

    /** What a process took.
     *
     * @param half CPU time when so many records had been read that the rest tells how it goes on
     */
    record Cost(String what, long records, Duration wall, Duration cpu, Duration half, long halfRead) {
        static final String HEADER =
                String.format("%-34s %9s %12s %12s %13s", "", "seconds", "records/s", "whole", "steady state");

        @Override
        public String toString() {
            double seconds = wall.toMillis() / 1e3;
            return String.format(
                    "%-34s %9.1f %,12.0f %12.1f %13.1f",
                    what,
                    seconds,
                    records / seconds,
                    cpu.toMillis() * 1e3 / records,
                    cpu.minus(half).toMillis() * 1e3 / (records - halfRead));
        }
    }
}
