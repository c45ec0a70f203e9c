package dev.firn.generator.sequence;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.generator.chance.Dice;
import dev.firn.generator.company.Company;
import dev.firn.generator.company.Fact;
import dev.firn.generator.disturb.Shares;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The events of a seed, in order: the reference data, numbered below 0, then the events 0, 1, 2, … without end. Each
 * follows from the knobs and from those before it, so whoever wants to go on from some number starts over and skips. Not
 * safe for several threads.
 */
public final class Sequence {
    private static final double ACTIVITY = 0.85;
    private static final double TRANSACTIONS = 0.12;
    private static final double CUSTOMERS = 0.022;
    private static final double PRODUCTS = 0.006;

    private final Shares shares;
    private final Timeline timeline;
    private final Company company;
    private final Spoiler spoiler;
    private final Recent recent = new Recent();
    private final Dice slots;
    private final Dice disturbances;
    private final Iterator<Event> referenceData;
    private long seq;

    public Sequence(Knobs knobs) {
        Dice dice = new Dice(knobs.seed());
        this.shares = knobs.shares();
        this.timeline = new Timeline(knobs);
        this.slots = dice.split("slots");
        this.disturbances = dice.split("disturbances");
        this.company =
                new Company(dice.split("company"), knobs.start(), knobs.customers(), knobs.products(), knobs.skew());
        this.spoiler = new Spoiler(company, dice.split("spoiler"));
        this.referenceData = number(company.referenceData(knobs.start())).iterator();
    }

    /** The next event. */
    public Event next() {
        if (referenceData.hasNext()) {
            return referenceData.next();
        }
        long now = timeline.at(seq);
        Event event = event(now, Instant.EPOCH.plus(now, ChronoUnit.MICROS));
        seq++;
        return event;
    }

    private Event event(long micros, Instant now) {
        Fact rate = company.rate(seq, now);
        if (rate != null) {
            return valid(Topic.FX_RATES, micros, rate);
        }
        double mishap = disturbances.fraction();
        if (mishap < shares.undecodable()) {
            return spoiler.undecodable(topic(), seq, micros, now);
        }
        if (mishap < shares.undecodable() + shares.broken()) {
            return spoiler.ruleBreaking(topic(), seq, micros, now);
        }
        return sound(topic(), micros, now);
    }

    private Event sound(Topic topic, long micros, Instant now) {
        return switch (topic) {
            case ACTIVITY -> activity(micros, now);
            case TRANSACTIONS -> valid(topic, micros, company.transaction(seq, now));
            case CUSTOMERS -> valid(topic, micros, company.customer(seq, now));
            // rates change once a day, not here; but one may be spoiled at any time
            case PRODUCTS, FX_RATES -> valid(Topic.PRODUCTS, micros, company.product(now));
        };
    }

    private Event activity(long micros, Instant now) {
        Event twin = twin(micros);
        if (twin != null) {
            return twin.again(seq, micros);
        }
        Fact fact = company.activity(seq, micros, now);
        Activity activity = Timeline.displaced((Activity) fact.record(), shares, disturbances);
        Event event = valid(Topic.ACTIVITY, micros, new Fact(fact.key(), activity, fact.parent()));
        recent.add(event);
        return event;
    }

    private @Nullable Event twin(long micros) {
        return disturbances.chance(shares.duplicates()) ? recent.draw(micros, disturbances) : null;
    }

    private Topic topic() {
        double share = slots.fraction();
        if (share < ACTIVITY) {
            return Topic.ACTIVITY;
        }
        if (share < ACTIVITY + TRANSACTIONS) {
            return Topic.TRANSACTIONS;
        }
        if (share < ACTIVITY + TRANSACTIONS + CUSTOMERS) {
            return Topic.CUSTOMERS;
        }
        return share < ACTIVITY + TRANSACTIONS + CUSTOMERS + PRODUCTS ? Topic.PRODUCTS : Topic.FX_RATES;
    }

    private Event valid(Topic topic, long micros, Fact fact) {
        return new Event(seq, topic, fact.key(), micros, fact.record(), Fate.VALID, null, 0, fact.parent());
    }

    private List<Event> number(List<Fact> facts) {
        long first = -facts.size();
        return IntStream.range(0, facts.size())
                .mapToObj(i -> reference(first + i, facts.get(i)))
                .toList();
    }

    private Event reference(long number, Fact fact) {
        return new Event(
                number,
                topicOf(fact),
                fact.key(),
                timeline.at(number),
                fact.record(),
                Fate.VALID,
                null,
                0,
                fact.parent());
    }

    private static Topic topicOf(Fact fact) {
        for (Topic topic : Topic.values()) {
            if (topic.type().isInstance(fact.record())) {
                return topic;
            }
        }
        throw new IllegalStateException(
                "no topic for " + fact.record().getSchema().getFullName());
    }
}
