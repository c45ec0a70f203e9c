package dev.firn.generator.sequence;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.generator.chance.Dice;
import dev.firn.generator.company.Company;
import dev.firn.generator.company.Fact;
import dev.firn.generator.disturb.Shares;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The events of a seed, in order: the reference data, numbered below 0, then the events 0, 1, 2, … without end. Each
 * follows from the knobs and from those before it, so whoever wants to go on from some number starts over and skips. Not
 * safe for several threads.
 */
public final class Sequence {
    /** Beside activity, those whose records are told once only. */
    private static final Set<Topic> REPEATED = EnumSet.of(Topic.CHARGING_SESSIONS, Topic.VEHICLE_HEALTH, Topic.REVIEWS);

    private final Shares shares;
    private final Mix mix;
    private final Timeline timeline;
    private final Company company;
    private final Spoiler spoiler;
    private final Recent recent = new Recent();
    private final Dice slots;
    private final Dice disturbances;
    private final Displacement displacement;
    private final Iterator<Event> referenceData;
    private long seq;

    public Sequence(Knobs knobs) {
        Dice dice = new Dice(knobs.seed());
        this.shares = knobs.shares();
        this.mix = knobs.mix();
        this.timeline = new Timeline(knobs);
        this.slots = dice.split("slots");
        this.disturbances = dice.split("disturbances");
        this.displacement = new Displacement(shares, knobs.start(), dice.split("displacement"));
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
        Fact due = company.due(seq, now);
        if (due != null) {
            return valid(micros, due);
        }
        double mishap = disturbances.fraction();
        if (mishap < shares.undecodable()) {
            return spoiler.undecodable(mix.draw(slots), seq, micros, now);
        }
        if (mishap < shares.undecodable() + shares.broken()) {
            return spoiler.ruleBreaking(mix.draw(slots), seq, micros, now);
        }
        return sound(mix.draw(slots), micros, now);
    }

    private Event sound(Topic topic, long micros, Instant now) {
        Fact fact = fact(topic, micros, now);
        if (fact == null) {
            return activity(micros, now);
        }
        Event event = valid(micros, new Fact(fact.key(), displacement.of(fact.record()), fact.parent()));
        if (REPEATED.contains(event.topic())) {
            recent.add(event);
        }
        return event;
    }

    /** What the topic has to tell, if anything. */
    private @Nullable Fact fact(Topic topic, long micros, Instant now) {
        return switch (topic) {
            case TRANSACTIONS -> company.transaction(seq, now);
            case CUSTOMERS -> company.customer(seq, now);
            case PRODUCTS, FX_RATES -> company.product(now);
            case STATIONS -> company.station(now);
            case CHARGING_SESSIONS -> company.charging(seq, micros);
            case VEHICLE_HEALTH -> company.health(seq, micros, now);
            case REVIEWS -> company.review(seq, now);
            case ACTIVITY, VEHICLES, FISCAL_CALENDAR -> null;
        };
    }

    private Event activity(long micros, Instant now) {
        Event twin = twin(micros);
        if (twin != null) {
            return twin.again(seq, micros);
        }
        Fact fact = company.activity(seq, micros, now);
        Activity activity = Timeline.displaced((Activity) fact.record(), shares, disturbances);
        Event event = valid(micros, new Fact(fact.key(), activity, fact.parent()));
        recent.add(event);
        return event;
    }

    private @Nullable Event twin(long micros) {
        return disturbances.chance(shares.duplicates()) ? recent.draw(micros, disturbances) : null;
    }

    private Event valid(long micros, Fact fact) {
        return new Event(
                seq, Topic.of(fact.record()), fact.key(), micros, fact.record(), Fate.VALID, null, 0, fact.parent());
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
                Topic.of(fact.record()),
                fact.key(),
                timeline.at(number),
                fact.record(),
                Fate.VALID,
                null,
                0,
                fact.parent());
    }
}
