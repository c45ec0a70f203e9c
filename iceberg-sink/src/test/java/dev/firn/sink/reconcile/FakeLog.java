package dev.firn.sink.reconcile;

import static java.util.Objects.requireNonNull;

import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Topics in memory. */
final class FakeLog implements SourceLog {
    private final Map<Source, Bounds> bounds = new HashMap<>();
    private final Map<Source, TreeSet<Long>> records = new HashMap<>();

    FakeLog with(Source source, long start, long end) {
        bounds.put(source, new Bounds(start, end, false, Optional.of("id-1")));
        records.put(source, LongStream.range(start, end).collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
        return this;
    }

    /** An offset without a record: a transaction marker, or an aborted record. */
    FakeLog without(Source source, long offset) {
        requireNonNull(records.get(source)).remove(offset);
        return this;
    }

    FakeLog compacted(Source source) {
        bounds.computeIfPresent(source, (key, at) -> new Bounds(at.start(), at.end(), true, at.topicId()));
        return this;
    }

    @Override
    public Map<Source, Bounds> bounds(Set<Source> sources) {
        Map<Source, Bounds> found = new HashMap<>(bounds);
        found.keySet().retainAll(sources);
        return found;
    }

    @Override
    public void read(Map<Source, Span> spans, Visitor visitor) {
        spans.forEach((source, span) -> requireNonNull(records.get(source))
                .subSet(span.start(), span.end())
                .forEach(offset -> visitor.record(source, record(source, offset))));
    }

    private static ConsumerRecord<byte[], byte[]> record(Source source, long offset) {
        return new ConsumerRecord<>(source.topic(), source.partition(), offset, new byte[0], new byte[0]);
    }
}
