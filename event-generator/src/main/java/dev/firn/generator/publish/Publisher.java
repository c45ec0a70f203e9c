package dev.firn.generator.publish;

import dev.firn.generator.encode.RecordEncoder;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Sequence;
import dev.firn.generator.truth.Truth;
import dev.firn.generator.truth.TruthKeeper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Sends the sequence, in order, at its pace, no event before its parent is acknowledged. {@link #run} belongs to one
 * thread; the rest is safe from any.
 */
public final class Publisher {
    private final Sequence sequence;
    private final RecordEncoder encoder;
    private final Partitions partitions;
    private final Outlet outlet;
    private final Present present;
    private final TruthKeeper truth;
    private final Controls controls;
    private final Deliveries deliveries;
    private final Pace pace;
    private volatile State state = State.RESUMING;
    private volatile long sent;
    private volatile long micros;
    private volatile boolean settled;

    /** @param nanoTime a clock for the pace, like {@link System#nanoTime} */
    public Publisher(
            Sequence sequence,
            RecordEncoder encoder,
            Partitions partitions,
            Outlet outlet,
            Present present,
            TruthKeeper truth,
            Controls controls,
            Shape shape,
            LongSupplier nanoTime) {
        this.sequence = sequence;
        this.encoder = encoder;
        this.partitions = partitions;
        this.outlet = outlet;
        this.present = present;
        this.truth = truth;
        this.controls = controls;
        this.pace = new Pace(shape, nanoTime);
        this.deliveries = new Deliveries(arrived -> truth.add(arrived.event(), arrived.partition(), arrived.value()));
    }

    /**
     * Sends until so many events of the main sequence are out and acknowledged, or until stopped. Goes at least as far as
     * an earlier process has gone: the truth has to cover all that is in Kafka.
     *
     * @param events 0 for no end
     * @param settledAt gets the truth whenever nothing is on its way any more: paused, or done
     * @throws PublishException if it can't go on
     */
    public void run(long events, Consumer<Truth> settledAt) throws InterruptedException {
        long end = events == 0 ? Long.MAX_VALUE : Math.max(events, present.lastSeq() + 1);
        pace.rate(controls.rate());
        while (!controls.stopped() && sent < end) {
            if (controls.paused()) {
                rest(settledAt);
            } else {
                deliver(sequence.next());
            }
        }
        if (!controls.stopped()) {
            settle(State.DONE, settledAt);
        }
    }

    /**
     * Ends, after {@link #run}: waits at most this long for what is on its way.
     *
     * @return the truth about what has arrived
     */
    public Truth end(Duration atMost) {
        outlet.close(atMost);
        deliveries.settle();
        settled = coversAll();
        state = state == State.DONE ? State.DONE : State.STOPPED;
        return truth();
    }

    public Progress progress() {
        Instant time = sent == 0 ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        return new Progress(state, sent, Math.max(0, deliveries.acknowledged() + 1), controls.rate(), time, null);
    }

    /** The truth about what is acknowledged. */
    public Truth truth() {
        return truth.truth(settled);
    }

    private void rest(Consumer<Truth> settledAt) throws InterruptedException {
        settle(State.PAUSED, settledAt);
        controls.awaitResumed();
        settled = false;
        state = State.RUNNING;
        pace.rate(controls.rate());
    }

    private void settle(State next, Consumer<Truth> settledAt) {
        outlet.flush();
        deliveries.settle();
        settled = coversAll();
        state = next;
        settledAt.accept(truth());
    }

    /** Nothing is on its way, nor in Kafka from an earlier process and not gone over yet. */
    private boolean coversAll() {
        return deliveries.isEmpty() && sent > present.lastSeq();
    }

    private void deliver(Event event) throws InterruptedException {
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        int partition = partitions.of(event.topic(), key);
        Delivery delivery = new Delivery(event, partition, key, encoder.encode(event));
        if (present.holds(delivery)) {
            delivery.acknowledge();
        } else {
            awaitTurn(event);
            outlet.send(delivery);
        }
        sent = Math.max(0, event.seq() + 1);
        micros = event.micros();
        deliveries.add(delivery);
    }

    private void awaitTurn(Event event) throws InterruptedException {
        if (event.parent() > deliveries.acknowledged()) {
            outlet.flush();
            deliveries.settle();
        }
        if (event.seq() >= 0) {
            state = State.RUNNING;
            awaitPace();
        }
    }

    private void awaitPace() throws InterruptedException {
        if (pace.rate() != controls.rate()) {
            pace.rate(controls.rate());
        }
        for (long early = pace.early(); early > 0 && !controls.stopped() && !controls.paused(); early = pace.early()) {
            controls.sleep(early);
            deliveries.settle();
            if (pace.rate() != controls.rate()) {
                pace.rate(controls.rate());
            }
        }
        pace.gone();
    }
}
