package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Fate;
import dev.firn.generator.sequence.Topic;
import dev.firn.quarantine.Reason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of what Kafka has acknowledged. Holds open windows, sessions, the newest updates of entities, and the rows of
 * the tables that are upserted, whatever the number of events. Safe
 * for several threads; a truth that is read in between covers a prefix of the sequence.
 */
public final class TruthKeeper {
    private final long seed;
    private final Bronze bronze = new Bronze();
    private final ActivityEvents activity;
    private final FactTransactions transactions = new FactTransactions();
    private final Dimensions dimensions = new Dimensions();
    private final Dates dates = new Dates();
    private final SalesTables sales = new SalesTables();
    private final Facts facts;
    private final Quarantine quarantine = new Quarantine();
    private final Quality quality = new Quality();
    private final PersonalValues personal = new PersonalValues();
    private final Map<Topic, TopicCounts> topics = new EnumMap<>(Topic.class);
    private long events;

    /**
     * @param activityPartitions how many partitions raw.activity has: lateness is a matter of each
     * @param grace how long the processor's windows wait
     */
    public TruthKeeper(long seed, int activityPartitions, Duration grace) {
        this.seed = seed;
        this.activity = new ActivityEvents(activityPartitions, grace);
        this.facts = new Facts(grace);
        for (Topic topic : Topic.values()) {
            topics.put(topic, TopicCounts.NONE);
        }
    }

    /** Takes in the next acknowledged event; those of one partition come in its order. */
    public synchronized void add(Event event, int partition, byte @Nullable [] value) {
        events += event.seq() < 0 ? 0 : 1;
        quality.add(event);
        personal.add(event.record());
        if (event.fate().decodable()) {
            bronze.add(event);
        }
        Reason reason = event.fate().reason();
        if (reason != null) {
            quarantine.add(event, reason, value);
        }
        boolean late = event.fate() == Fate.VALID && process(event, partition);
        topics.merge(event.topic(), TopicCounts.NONE, (counts, none) -> counts.plus(event.fate(), late));
    }

    private boolean process(Event event, int partition) {
        switch (event.topic()) {
            case ACTIVITY -> {
                return activity.add((Activity) event.record(), partition);
            }
            case TRANSACTIONS -> sales.add(transactions.add((Transaction) event.record()));
            case FX_RATES -> transactions.rate((FxRate) event.record());
            case FISCAL_CALENDAR -> {
                transactions.day((FiscalDay) event.record());
                dates.add((FiscalDay) event.record());
            }
            case PRODUCTS -> {
                transactions.product((Product) event.record());
                dimensions.add(event);
                facts.known(event);
            }
            case CUSTOMERS, STATIONS, VEHICLES -> {
                dimensions.add(event);
                facts.known(event);
            }
            case CHARGING_SESSIONS, VEHICLE_HEALTH, REVIEWS -> {
                return facts.add(event, partition);
            }
        }
        return false;
    }

    /** The truth so far. */
    public synchronized Truth truth(boolean complete) {
        Map<String, TopicCounts> byName = new LinkedHashMap<>();
        topics.forEach((topic, counts) -> byName.put(topic.text(), counts));
        List<Expectation> all = Stream.of(
                        bronze.expectations(),
                        activity.expectations(),
                        transactions.expectations(),
                        dimensions.expectations(),
                        dates.expectations(),
                        sales.expectations(),
                        facts.expectations(),
                        quarantine.expectations(),
                        quality.expectations())
                .flatMap(List::stream)
                .toList();
        return new Truth(seed, events, complete, byName, all, personal.values());
    }
}
