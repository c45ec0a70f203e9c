package dev.firn.sink.replay;

import dev.firn.quarantine.Replay;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends quarantined records on, each once for ever. A record and the note that it was sent are in one transaction; one
 * transactional id makes sure that whoever reads the notes sees all that others have committed, and that these commit
 * nothing any more. Not for several threads.
 */
public final class Replayer implements AutoCloseable {
    private static final String TRANSACTIONAL_ID = "firn-quarantine-replay";
    private static final int LARGEST_REQUEST = 8 << 20;

    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Admin admin;
    private final RetryTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Set<String> replayed = new HashSet<>();
    private final Predicate<String> isUpsert;
    private final int batch;
    private final Clock clock;
    private final Outcome outcome = new Outcome();
    private int open;

    /** What became of the records, so far. */
    public static final class Outcome {
        private final Map<String, Long> sent = new TreeMap<>();
        private final Map<Refusal, Long> refused = new EnumMap<>(Refusal.class);
        private long before;

        /** How many went to which topic. */
        public Map<String, Long> sent() {
            return Collections.unmodifiableMap(sent);
        }

        /** How many did not, and why. */
        public Map<Refusal, Long> refused() {
            return Collections.unmodifiableMap(refused);
        }

        /** How many had been sent before. */
        public long before() {
            return before;
        }
    }

    private Replayer(Map<String, Object> clients, Predicate<String> isUpsert, int batch, Clock clock) {
        this.isUpsert = isUpsert;
        this.batch = batch;
        this.clock = clock;
        this.admin = Admin.create(clients);
        this.topics = new RetryTopics(admin);
        this.producer = producer(clients);
    }

    /** Shuts out whoever else replays.
     *
     * @param clients settings of all clients of Kafka
     * @param isUpsert whether a table keeps the newest row of each key
     * @param batch records in a transaction, at most
     * @throws KafkaException if Kafka is not there
     */
    public static Replayer open(Map<String, Object> clients, Predicate<String> isUpsert, int batch, Clock clock) {
        Replayer replayer = new Replayer(clients, isUpsert, batch, clock);
        try {
            replayer.topics.provideCompacted(ReplayLog.TOPIC);
            replayer.producer.initTransactions();
            replayer.replayed.addAll(ReplayLog.read(clients));
            return replayer;
        } catch (KafkaException e) {
            replayer.close();
            throw e;
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> clients) {
        Map<String, Object> settings = new HashMap<>(clients);
        settings.put("transactional.id", TRANSACTIONAL_ID);
        settings.put("max.request.size", LARGEST_REQUEST);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Whether the record was sent, by whomever; it is counted. */
    public boolean isBefore(QuarantinedRecord record) {
        boolean before = replayed.contains(record.identity());
        if (before) {
            outcome.before++;
        }
        return before;
    }

    /** Sends the record, unless it was sent before. */
    public void replay(QuarantinedRecord record) {
        if (isBefore(record)) {
            return;
        }
        Refusal.of(record, isUpsert)
                .ifPresentOrElse(
                        this::refuse,
                        () -> topics.of(record)
                                .ifPresentOrElse(topic -> send(record, topic), () -> refuse(Refusal.NO_TOPIC)));
    }

    private void refuse(Refusal why) {
        outcome.refused.merge(why, 1L, Long::sum);
    }

    // a transaction of which a record could not be sent is not committed
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(QuarantinedRecord record, String topic) {
        if (open == 0) {
            producer.beginTransaction();
        }
        producer.send(new ProducerRecord<>(
                topic, topics.partition(topic, record), record.key(), record.value(), headers(record)));
        producer.send(
                new ProducerRecord<>(ReplayLog.TOPIC, bytes(record.identity()), bytes(topic + " " + clock.instant())));
        replayed.add(record.identity());
        outcome.sent.merge(topic, 1L, Long::sum);
        if (++open == batch) {
            commit();
        }
    }

    private static List<Header> headers(QuarantinedRecord record) {
        List<Header> headers = new ArrayList<>(record.headers());
        headers.removeIf(header -> header.key().equals(Replay.HEADER));
        headers.add(new RecordHeader(Replay.HEADER, bytes(record.first())));
        return headers;
    }

    /** Commits what is open. */
    public Outcome finish() {
        if (open > 0) {
            commit();
        }
        return outcome;
    }

    private void commit() {
        producer.commitTransaction();
        open = 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is open is not sent. */
    @Override
    public void close() {
        try {
            if (open > 0) {
                producer.abortTransaction();
            }
        } finally {
            producer.close(CLOSE);
            admin.close();
        }
    }
}
