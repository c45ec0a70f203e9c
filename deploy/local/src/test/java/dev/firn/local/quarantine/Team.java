package dev.firn.local.quarantine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.local.up.RunningFirn;
import dev.firn.serde.WireFormat;
import dev.firn.topic.TopicLeaders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A team's topic of numbered parcels, whose contract has a rule on the number. */
public final class Team {
    private static final int UNKNOWN_SCHEMA = 999_999;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String topic;
    private final String bootstrap;
    private final String registry;

    /** Makes the topic {@code raw.NAME}, of one partition. */
    public Team(RunningFirn firn, String name) throws Exception {
        topic = "raw." + name;
        bootstrap = firn.bootstrap();
        registry = firn.registryUrl();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            TopicLeaders.await(admin, List.of(topic));
        }
    }

    public String topic() {
        return topic;
    }

    /** Its contract, from when the processor has asked for it; answers with the schema's id. */
    public int register(String rule) throws Exception {
        String body = JSON.writeValueAsString(Map.of("schema", schema(rule)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/subjects/" + topic + "-value/versions"))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return JSON.readTree(answer).required("id").intValue();
    }

    private static String schema(String rule) {
        return ("{'type':'record','name':'Parcel','namespace':'team','fields':["
                        + "{'name':'n','type':'int','firn.rules':['" + rule + "']},"
                        + "{'name':'owner','type':'string','firn.pii':'mask'}]}")
                .replace('\'', '"');
    }

    /** Sends parcels with these numbers, below 64, of somebody called Ada. */
    public void send(int schemaId, int from, int to) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int n = from; n < to; n++) {
                producer.send(new ProducerRecord<>(topic, encoded(schemaId, n))).get();
            }
        }
    }

    /** Sends one by a schema that nobody knows. */
    public void sendUnknown() throws Exception {
        send(UNKNOWN_SCHEMA, 0, 1);
    }

    /** In Avro, small numbers are twice themselves, and a text follows its length. */
    private static byte[] encoded(int schemaId, int n) {
        byte[] bytes = {0, 0, 0, 0, 0, (byte) (2 * n), 6, 'A', 'd', 'a'};
        WireFormat.writeHeader(bytes, schemaId);
        return bytes;
    }
}
