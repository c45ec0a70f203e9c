package dev.firn.sink.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who alone may commit for a source, where records of it were rejected: a lane, by a name that no other ever has. In the properties
 * of a table, which a rollback leaves alone. Where none is noted, whoever proves the ledger may.
 *
 * @param of the owner, by the table that the source is followed for
 */
public record Owners(SortedMap<RejectSource, String> of) {
    public static final String PROPERTY = "firn.owners";
    public static final Owners NONE = new Owners(new TreeMap<>());

    private static final ObjectMapper JSON = new ObjectMapper();

    public Owners {
        of = Collections.unmodifiableSortedMap(new TreeMap<>(of));
    }

    /** The owners in a table's properties. */
    public static Owners in(Map<String, String> properties) {
        String text = properties.get(PROPERTY);
        return text == null ? NONE : parsed(text);
    }

    private static Owners parsed(String text) {
        SortedMap<RejectSource, String> owners = new TreeMap<>();
        parse(text)
                .properties()
                .forEach(target -> target.getValue()
                        .properties()
                        .forEach(topic -> topic.getValue()
                                .properties()
                                .forEach(partition -> owners.put(
                                        new RejectSource(
                                                target.getKey(),
                                                new Source(topic.getKey(), Integer.parseInt(partition.getKey()))),
                                        partition.getValue().asText()))));
        return new Owners(owners);
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(PROPERTY + " is no JSON: " + text, e);
        }
    }

    /** As it stands in the properties. */
    public String text() {
        ObjectNode root = JSON.createObjectNode();
        of.forEach((owned, owner) -> root.withObjectProperty(owned.target())
                .withObjectProperty(owned.source().topic())
                .put(Integer.toString(owned.source().partition()), owner));
        return root.toString();
    }

    /** Why those who want to commit may not; empty if they may. */
    public Optional<String> refusal(Map<RejectSource, String> mine) {
        return others(mine).entrySet().stream()
                .map(other -> "%s for %s: taken over by %s"
                        .formatted(other.getKey().source(), other.getKey().target(), other.getValue()))
                .findFirst();
    }

    /** Those who own what others take for theirs. */
    Map<RejectSource, String> others(Map<RejectSource, String> mine) {
        Map<RejectSource, String> others = new TreeMap<>();
        mine.forEach((owned, owner) -> {
            String other = of.getOrDefault(owned, owner);
            if (!other.equals(owner)) {
                others.put(owned, other);
            }
        });
        return others;
    }

    /** These, with others in their place. */
    public Owners plus(Map<RejectSource, String> mine) {
        SortedMap<RejectSource, String> all = new TreeMap<>(of);
        all.putAll(mine);
        return new Owners(all);
    }
}
