package dev.firn.sink.inspect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** Looks through the quarantine table. What records held is not among what it shows: see {@link Masked}. */
public final class Rejected {
    /** That are looked at for a picture of what there is, in no order. */
    private static final long MOST_ROWS = 1_000_000;

    private static final String AT = "quarantined_at";
    private static final String[] SHOWN = {
        AT, "source_topic", "partition", "offset", "target", "stage", "reason", "detail", "field", "schema_id"
    };

    private final Table table;
    private final long mostRows;

    public Rejected(Table table) {
        this(table, MOST_ROWS);
    }

    Rejected(Table table, long mostRows) {
        this.table = table;
        this.mostRows = mostRows;
    }

    /** One record that was set aside, without what it held. */
    public record Entry(
            long at,
            String topic,
            int partition,
            long offset,
            String target,
            String stage,
            String reason,
            String detail,
            @Nullable String field,
            @Nullable Integer schemaId) {
        static Entry of(Record row) {
            return new Entry(
                    millis(row),
                    text(row, "source_topic"),
                    (Integer) row.getField("partition"),
                    (Long) row.getField("offset"),
                    text(row, "target"),
                    text(row, "stage"),
                    text(row, "reason"),
                    text(row, "detail"),
                    (String) row.getField("field"),
                    (Integer) row.getField("schema_id"));
        }

        private boolean has(String words) {
            String all = String.join(
                            " ", topic, partition + "-" + offset, target, stage, reason, detail, String.valueOf(field))
                    .toLowerCase(Locale.ROOT);
            return Stream.of(words.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(all::contains);
        }
    }

    /** How many records were set aside, by reason and slice of time.
     *
     * @param slices where each begins, milliseconds
     * @param counts by {@code topic reason field}, one for each slice
     */
    public record Counts(List<Long> slices, Map<String, long[]> counts) {}

    /** Counts from an instant to another one, in so many slices, of the first million rows. */
    public Counts counts(Instant from, Instant to, int slices) {
        long first = from.toEpochMilli();
        long width = Math.max(1, (to.toEpochMilli() - first) / slices);
        Map<String, long[]> counts = new TreeMap<>();
        rows(since(from), new String[] {AT, "source_topic", "reason", "field"}, mostRows, row -> {
            int slice = (int) ((millis(row) - first) / width);
            if (slice >= 0 && slice < slices) {
                String field = (String) row.getField("field");
                String name =
                        text(row, "source_topic") + " " + text(row, "reason") + (field == null ? "" : " " + field);
                counts.computeIfAbsent(name, each -> new long[slices])[slice]++;
            }
        });
        return new Counts(
                LongStream.range(0, slices)
                        .mapToObj(slice -> first + slice * width)
                        .toList(),
                counts);
    }

    /**
     * The newest since an instant that have all of these words somewhere in their topic, place, target, reason or detail, among
     * the first million rows.
     */
    public List<Entry> search(Instant from, String words, int most) {
        PriorityQueue<Entry> newest = new PriorityQueue<>(Comparator.comparingLong(Entry::at));
        rows(since(from), SHOWN, mostRows, row -> {
            Entry entry = Entry.of(row);
            if (words.isBlank() || entry.has(words.strip())) {
                newest.add(entry);
                if (newest.size() > most) {
                    newest.remove();
                }
            }
        });
        List<Entry> found = new ArrayList<>(newest);
        found.sort(Comparator.comparingLong(Entry::at).reversed());
        return found;
    }

    /** All that have these words, however many there are, whole, in no order. */
    public void each(Instant from, String words, Consumer<Record> visitor) {
        rows(since(from), all(), Long.MAX_VALUE, row -> {
            if (words.isBlank() || Entry.of(row).has(words.strip())) {
                visitor.accept(row);
            }
        });
    }

    /** The row of one record, whole; of the target's reject, where several targets rejected it. */
    public Optional<Record> row(String topic, int partition, long offset, String target) {
        List<Record> found = new ArrayList<>();
        rows(
                Expressions.and(
                        Expressions.equal("source_topic", topic),
                        Expressions.equal("partition", partition),
                        Expressions.equal("offset", offset),
                        Expressions.equal("target", target)),
                all(),
                Long.MAX_VALUE,
                found::add);
        return found.stream().findFirst();
    }

    private String[] all() {
        return table.schema().columns().stream().map(column -> column.name()).toArray(String[]::new);
    }

    private static Expression since(Instant from) {
        return Expressions.greaterThanOrEqual(AT, from.atOffset(ZoneOffset.UTC).toString());
    }

    private void rows(Expression which, String[] columns, long most, Consumer<Record> visitor) {
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(table).where(which).select(columns).build()) {
            long seen = 0;
            for (Record row : rows) {
                if (++seen > most) {
                    return;
                }
                visitor.accept(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long millis(Record row) {
        return ((OffsetDateTime) row.getField(AT)).toInstant().toEpochMilli();
    }

    private static String text(Record row, String column) {
        return String.valueOf(row.getField(column));
    }
}
