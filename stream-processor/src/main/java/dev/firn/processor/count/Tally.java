package dev.firn.processor.count;

import dev.firn.contract.FieldRule;
import dev.firn.contract.Severity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what becomes of records, as metrics. Safe for several threads. */
public final class Tally {
    private final MeterRegistry meters;
    private final AtomicLong waiting;
    private final AtomicLong unsent;

    public Tally(MeterRegistry meters) {
        this.meters = meters;
        this.waiting = meters.gauge("firn.processor.waiting", new AtomicLong());
        this.unsent = meters.gauge("firn.processor.unsent", new AtomicLong());
    }

    /** The counts of one topic's records. */
    public OfTopic of(String topic) {
        return new OfTopic(topic);
    }

    /** Records that wait for what they refer to, in all tasks of this process. */
    public AtomicLong waiting() {
        return waiting;
    }

    /** Aggregates that have changed and whose rows are still to be sent, in all tasks of this process. */
    public AtomicLong unsent() {
        return unsent;
    }

    /** Records taken in so far, of all topics. */
    public long processed() {
        return (long) meters.find("firn.processor.checked").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Counts the records of one topic. */
    public final class OfTopic {
        private final String topic;
        private final Counter checked;
        private final Counter duplicates;
        private final Counter late;
        private final Counter tooLate;
        private final Counter missedPeriod;
        private final Map<FieldRule, Counter> failures = new ConcurrentHashMap<>();
        private final Map<String, Counter> quarantined = new ConcurrentHashMap<>();

        private OfTopic(String topic) {
            this.topic = topic;
            this.checked = meters.counter("firn.processor.checked", "topic", topic);
            this.duplicates = meters.counter("firn.processor.duplicates", "topic", topic);
            this.late = meters.counter("firn.processor.late", "topic", topic);
            this.tooLate = meters.counter("firn.processor.missed.window", "topic", topic);
            this.missedPeriod = meters.counter("firn.processor.missed.period", "topic", topic);
        }

        public void checked() {
            checked.increment();
        }

        public void duplicate() {
            duplicates.increment();
        }

        public void late() {
            late.increment();
        }

        /** A record of a partition that was taken for idle came after its window had closed. */
        public void missedWindow(long records) {
            tooLate.increment((double) records);
        }

        /** A sale, or a silent partition's sums, came after all of the period could be forgotten. */
        public void missedPeriod() {
            missedPeriod.increment();
        }

        public void failed(FieldRule rule) {
            failures.computeIfAbsent(rule, this::counter).increment();
        }

        public void quarantined(String reason) {
            quarantined
                    .computeIfAbsent(
                            reason,
                            name -> meters.counter("firn.processor.quarantined", "topic", topic, "reason", name))
                    .increment();
        }

        /** A schema asks for a rule that nobody evaluates. */
        public void unevaluated(FieldRule rule) {
            counter("firn.processor.rule.unevaluated", rule).increment();
        }

        private Counter counter(FieldRule rule) {
            return counter(
                    rule.severity() == Severity.ERROR ? "firn.processor.rule.failed" : "firn.processor.rule.warned",
                    rule);
        }

        private Counter counter(String name, FieldRule rule) {
            return meters.counter(name, "topic", topic, "field", rule.path().toString(), "rule", rule.text());
        }
    }
}
