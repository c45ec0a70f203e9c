package dev.firn.sink.reconcile;

import dev.firn.sink.commit.Source;
import dev.firn.sink.commit.Span;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the sources hold, for those who read committed records only. */
public interface SourceLog {
    /**
     * Where one topic partition begins and ends.
     *
     * @param start the earliest offset that is kept
     * @param end below it, no record is still to be committed or aborted
     * @param compacted whether records may be gone although their offset is kept
     * @param topicId identifies the topic from its making to its deletion, where known
     */
    record Bounds(long start, long end, boolean compacted, Optional<String> topicId) {}

    /** Takes records. */
    @FunctionalInterface
    interface Visitor {
        /** A committed record. */
        void record(Source source, ConsumerRecord<byte[], byte[]> record);
    }

    /** The bounds of those sources that exist. */
    Map<Source, Bounds> bounds(Set<Source> sources);

    /** Visits every committed record of the spans that is still there, each source's in order. */
    void read(Map<Source, Span> spans, Visitor visitor);
}
