package dev.firn.generator.replay;

import dev.firn.config.ConfigurationException;
import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.contract.Contracts;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import dev.firn.topic.TopicLeaders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topic that records go to.
 *
 * @param key paths of the fields that the topic key is made of
 */
public record Target(String topic, Schema schema, List<String> key) {
    /** Of the schema's own key.
     *
     * @throws ConfigurationException if what the schema says of Firn's is wrong
     */
    static Target of(String topic, Schema schema) {
        try {
            return new Target(topic, schema, Contract.of(schema).key());
        } catch (ContractException e) {
            throw new ConfigurationException(topic + ": " + e.getMessage());
        }
    }

    /** With the schema in the file. */
    public static Target of(String topic, Path avsc) {
        try {
            return of(topic, new Schema.Parser().parse(avsc.toFile()));
        } catch (IOException | SchemaParseException e) {
            throw new ConfigurationException(avsc + ": no Avro schema can be read from it: " + e.getMessage());
        }
    }

    /** With the newest schema that the registry has for the topic, else the contract that comes with Firn. */
    public static Target of(String topic, SchemaRegistry registry) {
        try {
            return of(topic, registry.latest(topic + "-value").schema());
        } catch (UnknownSchemaException unknown) {
            return bundled(topic);
        }
    }

    private static Target bundled(String topic) {
        try {
            return of(topic, Contracts.schema(topic));
        } catch (ContractException e) {
            throw new ConfigurationException("no schema for " + topic
                    + ": the registry has none, and none comes with Firn. Give one: --schema FILE");
        }
    }

    /** With a key made of these fields. */
    public Target keyedBy(List<String> paths) {
        return new Target(topic, schema, paths);
    }

    /** Makes the topic, unless it is there.
     *
     * @param partitions 0 for the broker's default
     * @throws KafkaException if Kafka refuses, or can't be reached in time
     */
    public void create(Map<String, String> kafka, int partitions) throws InterruptedException {
        Optional<Integer> count = partitions == 0 ? Optional.empty() : Optional.of(partitions);
        try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka))) {
            if (!admin.listTopics().names().get().contains(topic)) {
                admin.createTopics(List.of(new NewTopic(topic, count, Optional.empty())))
                        .all()
                        .get();
            }
            TopicLeaders.await(admin, List.of(topic));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e.getCause() instanceof KafkaException kafkaFault ? kafkaFault : new KafkaException(e.getCause());
            }
            // someone else made it in the meantime
        }
    }
}
