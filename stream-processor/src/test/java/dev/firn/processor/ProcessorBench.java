package dev.firn.processor;

import dev.firn.embedded.EmbeddedStack;
import dev.firn.futuremobility.raw.Activity;
import dev.firn.processor.topology.Events;
import dev.firn.processor.topology.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What the real process costs until it has processed all records of a topic, one topic after the other, each beside a bare
 * loop that reads, decodes, encodes and writes the same records with the same serdes and transactions. Broker and registry
 * are in this process, whose own costs don't count. Arguments: how many records, of each topic; which topic, or all.
 */
public final class ProcessorBench {
    private static final int PARTITIONS = 4;
    private static final int CUSTOMERS = 1_000;
    private static final int PRODUCTS = 100;
    private static final int EVENTS_OF_SESSION = 8;
    private static final List<String> COUNTRIES = List.of("DE", "US", "FR", "GB", "JP", "NO", "CA");
    private static final List<String> TYPES =
            List.of("page_view", "product_view", "search", "configure", "add_to_cart", "purchase");
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** As much simulated time between two events as the generator has. */
    private static final Duration STEP = Duration.ofMillis(30);

    private static final Duration LOOK = Duration.ofMillis(500);
    /** By its contract alone. */
    private static final String OTHER = "raw.other_activity";

    /** What is measured: the topic's records. */
    private record Load(String name, String what, String topic, LongFunction<Sent> records) {}

    private record Sent(String key, SpecificRecordBase record) {}

    private static final List<Load> LOADS = List.of(
            new Load("activity", "activity", Topics.RAW_ACTIVITY, ProcessorBench::activity),
            new Load(
                    "transactions",
                    "transactions and aggregates",
                    Topics.RAW_TRANSACTIONS,
                    ProcessorBench::transaction),
            new Load("contract", "any topic by its contract", OTHER, ProcessorBench::activity));

    private final Kafka kafka;
    private final EmbeddedStack stack;
    private final int records;
    private final Path dir;

    private ProcessorBench(EmbeddedStack stack, int records, Path dir) {
        this.kafka = new Kafka(stack.bootstrapServers(), stack.registryUrl());
        this.stack = stack;
        this.records = records;
        this.dir = dir;
    }

    public static void main(String[] arguments) throws Exception {
        // the broker's threads would go on
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            System.exit(1);
        });
        Path dir = Files.createTempDirectory("firn-processor-bench");
        try {
            new ProcessorBench(EmbeddedStack.shared(), Integer.parseInt(arguments[0]), dir).run(loads(arguments[1]));
        } finally {
            Utils.delete(dir.toFile());
        }
        System.exit(0);
    }

    private static List<Load> loads(String name) {
        List<Load> loads = LOADS.stream()
                .filter(load -> name.equals("all") || name.equals(load.name))
                .toList();
        if (loads.isEmpty()) {
            throw new IllegalArgumentException("no such topic: " + name);
        }
        return loads;
    }

    private void run(List<Load> loads) throws Exception {
        kafka.createRawTopics(PARTITIONS);
        sendReferences();
        System.out.printf("%,d records in %d partitions; CPU seconds per million%n", records, PARTITIONS);
        System.out.println(Cost.HEADER);
        for (Load load : loads) {
            measure(load);
        }
    }

    private void measure(Load load) throws Exception {
        drain();
        if (load.topic.equals(OTHER)) {
            kafka.createTopic(OTHER, PARTITIONS);
        }
        send(load.topic, load.records);
        kafka.createTopic(LoopBench.output(load.topic), PARTITIONS);
        loop(load.topic);
        System.out.println(drain(load));
    }

    /** So that what is there already is not measured. */
    private void drain() throws Exception {
        try (ServiceProcess service = start()) {
            while (!service.isDrained()) {
                Thread.sleep(LOOK.toMillis());
            }
            service.stop();
        }
    }

    private ServiceProcess start() throws IOException {
        List<String> options =
                new ArrayList<>(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:-UseDynamicNumberOfCompilerThreads"));
        Stream.ofNullable(System.getenv("FIRN_BENCH_JAVA_OPTS"))
                .flatMap(more -> Stream.of(more.split(" ")))
                .filter(option -> !option.isBlank())
                .forEach(options::add);
        return ServiceProcess.start(dir.resolve("log"), kafka.environment(dir), options);
    }

    private Cost drain(Load load) throws Exception {
        try (ServiceProcess service = start()) {
            long halfRead = read(service, load.topic, records / 2);
            CpuTime half = service.cpu();
            read(service, load.topic, records);
            Cost cost = new Cost(load.what, records, service.cpu(), halfRead, half);
            service.stop();
            return cost;
        }
    }

    /** Waits until so many records are processed and committed; how many are by then. */
    private long read(ServiceProcess service, String topic, long atLeast) throws InterruptedException {
        long read = 0;
        while (read < atLeast) {
            Thread.sleep(LOOK.toMillis());
            read = records - lag(service.get("/status"), topic);
        }
        return read;
    }

    /** Of the topic, or all of its records while they are not known. */
    private long lag(String status, String topic) {
        Matcher lag = Pattern.compile('"' + Pattern.quote(topic) + "\":(\\d+)").matcher(status);
        return lag.find() ? Long.parseLong(lag.group(1)) : records;
    }

    private void loop(String topic) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoopBench.class.getName(),
                        stack.bootstrapServers(),
                        stack.registryUrl(),
                        topic,
                        Integer.toString(records))
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(dir.resolve("loop.log").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the loop failed");
        }
    }

    private void sendReferences() throws Exception {
        send(Topics.RAW_CUSTOMERS, CUSTOMERS, i -> new Sent(customer(i), Events.customer(customer(i))));
        send(Topics.RAW_PRODUCTS, PRODUCTS, i -> new Sent(product(i), Events.product(product(i))));
        send(Topics.RAW_FX_RATES, 1, i -> new Sent("EURUSD", Events.rate("EUR", "1.20000000", Events.START)));
        send(Topics.RAW_FISCAL_CALENDAR, 400, i -> {
            Instant day = Events.START.plus(Duration.ofDays(i));
            return new Sent(day.toString(), Events.day(day, 2026, 1, 1, 1));
        });
    }

    private void send(String topic, LongFunction<Sent> each) throws Exception {
        send(topic, records, each);
    }

    // a lost one would be waited for in vain
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(String topic, int count, LongFunction<Sent> each) throws Exception {
        try (KafkaProducer<String, byte[]> producer = kafka.producer()) {
            for (int i = 0; i < count; i++) {
                Sent sent = each.apply(i);
                producer.send(new ProducerRecord<>(topic, sent.key, kafka.encode(topic, sent.record)));
            }
            producer.flush();
        }
    }

    private static Sent activity(long i) {
        // a hundred sessions at a time
        String session = id(i / (100 * EVENTS_OF_SESSION) * 100 + i % 100);
        Activity event = Events.purchase(id(i), session, Events.START.plus(STEP.multipliedBy(i)), "1.00", "EUR");
        event.setEventType(TYPES.get((int) (i % TYPES.size())));
        event.getLocation().setCountry(COUNTRIES.get((int) (i % COUNTRIES.size())));
        event.getUser().setCustomerId(customer(i % CUSTOMERS));
        event.getProduct().setProductId(product(i % PRODUCTS));
        return new Sent(session, event);
    }

    private static Sent transaction(long i) {
        var sale = Events.transaction(id(i), "100.00", "EUR", Events.START.plus(STEP.multipliedBy(i)));
        sale.setOrderNumber("O" + i / 2);
        sale.setLine((int) (i % 2) + 1);
        sale.setCustomerId(customer(i / 2 % CUSTOMERS));
        sale.setProductId(product(i % PRODUCTS));
        sale.setUnitPrice(new BigDecimal("100.00"));
        return new Sent(sale.getCustomerId(), sale);
    }

    /** Far from those before, as random ids are. */
    private static String id(long number) {
        return String.format(Locale.ROOT, "%016x%016x", number * GOLDEN, number);
    }

    private static String customer(long number) {
        return String.format(Locale.ROOT, "C-%08d", number);
    }

    private static String product(long number) {
        return String.format(Locale.ROOT, "P-%04d", number);
    }
}
