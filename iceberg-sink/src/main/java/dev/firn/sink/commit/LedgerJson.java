package dev.firn.sink.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Ledgers and ranges as compact JSON, as they stand in a snapshot's summary.
 *
 * <pre>
 * ledger {"v":1, "cluster":"…", "ids":{topic:id}, "partitions":{topic:number}, "held":{topic:{partition:[start,end]}},
 *         "rejects":{target:{topic:{partition:[end,rows]}}},
 *         "decisions":[{"what":"…", "table":"…", "by":"…", "at":"…", "spans":{topic:{partition:[start,end]}}}]}
 * ranges {"v":1, "held":{topic:{partition:[start,end,rows,quarantined]}},
 *         "rejects":{target:{topic:{partition:[base end,base rows,end,rows]}}}}
 * </pre>
 */
public final class LedgerJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LedgerJson() {}

    public static String write(Ledger ledger) {
        ObjectNode root = root();
        ledger.cluster().ifPresent(id -> root.put("cluster", id));
        ObjectNode ids = root.putObject("ids");
        ledger.topicIds().forEach(ids::put);
        writeSpans(ledger.held(), root.putObject("held"));
        if (!ledger.partitions().isEmpty()) {
            ObjectNode partitions = root.putObject("partitions");
            ledger.partitions().forEach(partitions::put);
        }
        ObjectNode rejects = root.putObject("rejects");
        ledger.rejects()
                .forEach((source, mark) -> at(rejects.withObjectProperty(source.target()), source.source())
                        .add(mark.end())
                        .add(mark.rows()));
        if (!ledger.decisions().isEmpty()) {
            ArrayNode decisions = root.putArray("decisions");
            ledger.decisions().forEach(decision -> write(decision, decisions.addObject()));
        }
        return root.toString();
    }

    private static void write(Decision decision, ObjectNode node) {
        node.put("what", decision.kind().text())
                .put("table", decision.table())
                .put("by", decision.by())
                .put("at", decision.at().toString());
        writeSpans(decision.spans(), node.putObject("spans"));
    }

    private static void writeSpans(SortedMap<Source, Span> spans, ObjectNode topics) {
        spans.forEach((source, span) -> at(topics, source).add(span.start()).add(span.end()));
    }

    /** What {@link #write} wrote.
     *
     * @throws IllegalArgumentException if the text is no ledger, or of a version that this one can't read
     */
    public static Ledger readLedger(String text) {
        JsonNode root = parse(text);
        SortedMap<String, String> ids = new TreeMap<>();
        root.path("ids")
                .properties()
                .forEach(id -> ids.put(id.getKey(), id.getValue().asText()));
        SortedMap<String, Integer> partitions = new TreeMap<>();
        root.path("partitions")
                .properties()
                .forEach(
                        topic -> partitions.put(topic.getKey(), topic.getValue().asInt()));
        SortedMap<RejectSource, RejectMark> rejects = new TreeMap<>();
        root.path("rejects").properties().forEach(target -> {
            for (Entry entry : entries(target.getValue())) {
                rejects.put(
                        new RejectSource(target.getKey(), entry.source()),
                        new RejectMark(entry.number(0), entry.number(1)));
            }
        });
        List<Decision> decisions = new ArrayList<>();
        root.path("decisions").forEach(node -> decisions.add(readDecision(node)));
        return new Ledger(
                Optional.ofNullable(root.path("cluster").textValue()),
                ids,
                partitions,
                readSpans(root.path("held")),
                rejects,
                decisions);
    }

    private static Decision readDecision(JsonNode node) {
        String what = node.path("what").asText();
        return new Decision(
                Decision.Kind.parse(what).orElseThrow(() -> new IllegalArgumentException("no decision: " + node)),
                node.path("table").asText(),
                node.path("by").asText(),
                Instant.parse(node.path("at").asText()),
                readSpans(node.path("spans")));
    }

    private static SortedMap<Source, Span> readSpans(JsonNode topics) {
        SortedMap<Source, Span> spans = new TreeMap<>();
        for (Entry entry : entries(topics)) {
            spans.put(entry.source(), new Span(entry.number(0), entry.number(1)));
        }
        return spans;
    }

    public static String writeRanges(Advance advance) {
        ObjectNode root = root();
        ObjectNode held = root.putObject("held");
        for (OffsetRange range : advance.ranges()) {
            at(held, range.source())
                    .add(range.start())
                    .add(range.end())
                    .add(range.rows())
                    .add(range.quarantined());
        }
        ObjectNode rejects = root.putObject("rejects");
        for (RejectRange range : advance.rejects()) {
            at(
                            rejects.withObjectProperty(range.source().target()),
                            range.source().source())
                    .add(range.base().end())
                    .add(range.base().rows())
                    .add(range.end())
                    .add(range.rows());
        }
        return root.toString();
    }

    /** What {@link #writeRanges} wrote.
     *
     * @throws IllegalArgumentException if the text holds no ranges, or is of a version that this one can't read
     */
    public static Advance readRanges(String text) {
        JsonNode root = parse(text);
        List<OffsetRange> ranges = new ArrayList<>();
        for (Entry entry : entries(root.path("held"))) {
            ranges.add(new OffsetRange(
                    entry.source(), entry.number(0), entry.number(1), entry.number(2), entry.number(3)));
        }
        List<RejectRange> rejects = new ArrayList<>();
        root.path("rejects").properties().forEach(target -> {
            for (Entry entry : entries(target.getValue())) {
                rejects.add(new RejectRange(
                        new RejectSource(target.getKey(), entry.source()),
                        new RejectMark(entry.number(0), entry.number(1)),
                        entry.number(2),
                        entry.number(3)));
            }
        });
        return Advance.of(ranges, rejects);
    }

    private static ObjectNode root() {
        return JSON.createObjectNode().put("v", VERSION);
    }

    private static ArrayNode at(ObjectNode topics, Source source) {
        return topics.withObjectProperty(source.topic()).putArray(Integer.toString(source.partition()));
    }

    private static JsonNode parse(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a ledger: " + text, e);
        }
        if (root.path("v").asInt() != VERSION) {
            throw new IllegalArgumentException("a ledger of another version than " + VERSION + ": " + text);
        }
        return root;
    }

    private static List<Entry> entries(JsonNode topics) {
        List<Entry> entries = new ArrayList<>();
        topics.properties()
                .forEach(topic -> topic.getValue()
                        .properties()
                        .forEach(partition -> entries.add(new Entry(
                                new Source(topic.getKey(), Integer.parseInt(partition.getKey())),
                                partition.getValue()))));
        return entries;
    }

    private record Entry(Source source, JsonNode numbers) {
        long number(int index) {
            JsonNode number = numbers.path(index);
            if (!number.isIntegralNumber()) {
                throw new IllegalArgumentException("not a ledger's entry: " + source + " " + numbers);
            }
            return number.asLong();
        }
    }
}
