package dev.firn.sink.inspect;

import dev.firn.contract.Contract;
import dev.firn.contract.ContractException;
import dev.firn.registry.RegisteredSchema;
import dev.firn.registry.SchemaRegistry;
import dev.firn.registry.UnknownSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The schemas that a topic's records are written by, newest first, and what the newest one promises.
 *
 * @param problem why the contract can't be read, if so
 */
public record TopicSchemas(
        List<Version> versions,
        @Nullable Promise contract,
        @Nullable String problem) {
    private static final int MOST = 20;

    /** A version, by how it differs from the one before. */
    public record Version(int version, int id, String name, int fields, List<String> added, List<String> removed) {}

    /** A contract as text.
     *
     * @param rules by field's path
     * @param pii by field's path
     */
    public record Promise(
            List<String> key,
            @Nullable String eventTime,
            List<String> partitionBy,
            String mode,
            List<String> rules,
            Map<String, String> pii) {
        static Promise of(Contract contract) {
            Map<String, String> pii = new TreeMap<>();
            contract.pii().forEach((path, what) -> pii.put(path.toString(), what.name()));
            return new Promise(
                    contract.key(),
                    contract.eventTime(),
                    contract.partitionBy().stream().map(Object::toString).toList(),
                    contract.mode().name(),
                    contract.rules().stream()
                            .map(rule -> rule.path() + ": " + rule.rule() + ", " + rule.severity())
                            .toList(),
                    pii);
        }
    }

    /** Asks the registry for the subject {@code TOPIC-value}; empty if it knows none. */
    public static Optional<TopicSchemas> of(SchemaRegistry registry, String topic) {
        String subject = topic + "-value";
        try {
            RegisteredSchema latest = registry.latest(subject);
            List<RegisteredSchema> found = new ArrayList<>(List.of(latest));
            for (int version = latest.version() - 1; version > 0 && found.size() < MOST; version--) {
                found.add(registry.version(subject, version));
            }
            return Optional.of(of(found));
        } catch (UnknownSchemaException e) {
            return Optional.empty();
        }
    }

    private static TopicSchemas of(List<RegisteredSchema> found) {
        List<Version> versions = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            List<String> now = fields(found.get(i).schema());
            List<String> before = i + 1 < found.size() ? fields(found.get(i + 1).schema()) : now;
            versions.add(new Version(
                    found.get(i).version(),
                    found.get(i).id(),
                    found.get(i).schema().getFullName(),
                    now.size(),
                    without(now, before),
                    without(before, now)));
        }
        try {
            return new TopicSchemas(
                    versions, Promise.of(Contract.of(found.get(0).schema())), null);
        } catch (ContractException e) {
            return new TopicSchemas(versions, null, e.getMessage());
        }
    }

    private static List<String> fields(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                ? schema.getFields().stream().map(Schema.Field::name).collect(Collectors.toList())
                : List.of();
    }

    private static List<String> without(List<String> all, List<String> some) {
        return all.stream().filter(each -> !some.contains(each)).toList();
    }
}
