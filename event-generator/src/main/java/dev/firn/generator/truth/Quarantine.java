package dev.firn.generator.truth;

import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Topic;
import dev.firn.quarantine.Reason;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code ops.quarantine}, by what a record was meant for. Bytes that nobody can read fail twice, on the way to bronze and
 * on the way through the processor; a broken rule or reference only in the processor.
 */
final class Quarantine {
    private record Row(
            String topic,
            String target,
            Reason reason,
            @Nullable String valueMd5) {}

    private final Map<String, ExpectedTable<Row>> byTarget = new TreeMap<>();

    Quarantine() {
        Stream.of(Topic.values())
                .flatMap(topic -> Stream.of(topic.bronze(), topic.processed()))
                .filter(Objects::nonNull)
                .forEach(target -> byTarget.put(target, table(target)));
    }

    void add(Event event, Reason reason, byte @Nullable [] value) {
        String md5 = value == null ? null : hex(value);
        Topic topic = event.topic();
        if (!event.fate().decodable()) {
            add(new Row(topic.text(), topic.bronze(), reason, md5));
        }
        String processed = topic.processed();
        if (processed != null) {
            add(new Row(topic.text(), processed, reason, md5));
        }
    }

    List<Expectation> expectations() {
        return byTarget.values().stream()
                .flatMap(table -> table.expectations().stream())
                .toList();
    }

    private void add(Row row) {
        ExpectedTable<Row> table = byTarget.get(row.target());
        if (table != null) {
            table.add(row);
        }
    }

    private static ExpectedTable<Row> table(String target) {
        String filter = "target = '" + target + "'";
        ExpectedTable<Row> table = ExpectedTable.of("ops.quarantine", filter, columns());
        for (Reason reason : List.of(
                Reason.NULL_VALUE,
                Reason.BAD_MAGIC,
                Reason.UNKNOWN_SCHEMA_ID,
                Reason.MALFORMED,
                Reason.RULE_FAILED,
                Reason.BROKEN_REFERENCE)) {
            table.count(
                    reason.name().toLowerCase(Locale.ROOT),
                    filter + " AND reason = '" + reason + "'",
                    row -> row.reason() == reason);
        }
        return table;
    }

    private static Columns<Row> columns() {
        return new Columns<Row>()
                .text("source_topic", Row::topic)
                .text("target", Row::target)
                .text("reason", row -> row.reason().name())
                .text("md5(value)", Row::valueMd5);
    }

    private static String hex(byte[] value) {
        return String.format(
                Locale.ROOT, "%032x", new BigInteger(1, Digest.md5().digest(value)));
    }
}
