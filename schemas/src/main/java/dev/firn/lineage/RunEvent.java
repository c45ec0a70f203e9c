package dev.firn.lineage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a run of a job has come to. Follows OpenLineage's specification 2-0-2, {@code RunEvent}.
 *
 * @param job its name, within a namespace of its own
 * @param run the same in all events of one run
 */
public record RunEvent(Type type, Instant time, String job, UUID run, List<Dataset> inputs, List<Dataset> outputs) {
    private static final String SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of an event. */
    public enum Type {
        START,
        /** Something has happened to it since it started, or it is told that it goes on. */
        RUNNING,
        COMPLETE,
        FAIL
    }

    public RunEvent {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** In one line.
     *
     * @param namespace of the job
     * @param producer a URI that identifies the program
     */
    String json(String namespace, String producer) {
        ObjectNode event = JSON.createObjectNode();
        event.put("eventType", type.name());
        event.put("eventTime", time.toString());
        event.put("producer", producer);
        event.put("schemaURL", SCHEMA);
        event.putObject("run").put("runId", run.toString());
        event.putObject("job").put("namespace", namespace).put("name", job);
        ArrayNode read = event.putArray("inputs");
        inputs.forEach(input -> put(read.addObject(), input, "inputFacets", producer));
        ArrayNode written = event.putArray("outputs");
        outputs.forEach(output -> put(written.addObject(), output, "outputFacets", producer));
        return event.toString();
    }

    private static void put(ObjectNode node, Dataset dataset, String uses, String producer) {
        node.put("namespace", dataset.namespace()).put("name", dataset.name());
        put(node.putObject("facets"), dataset.facets(), producer);
        put(node.putObject(uses), dataset.uses(), producer);
    }

    private static void put(ObjectNode node, Map<String, Facet> facets, String producer) {
        new TreeMap<>(facets).forEach((name, facet) -> {
            ObjectNode values = node.putObject(name);
            values.put("_producer", producer).put("_schemaURL", facet.schema());
            new TreeMap<>(facet.values()).forEach((key, value) -> values.set(key, JSON.valueToTree(value)));
        });
    }
}
