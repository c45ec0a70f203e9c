package dev.firn.generator.sequence;

import dev.firn.generator.chance.Dice;
import dev.firn.generator.company.Company;
import dev.firn.generator.company.Fact;
import dev.firn.generator.disturb.Damage;
import dev.firn.generator.disturb.RuleBreaker;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events that are bound for quarantine. Nothing refers to them, and the company forgets them at once. */
final class Spoiler {
    private static final List<Damage> DAMAGES = List.of(Damage.values());
    private static final Set<Topic> OF_FACTS = EnumSet.of(
            Topic.ACTIVITY, Topic.TRANSACTIONS, Topic.CHARGING_SESSIONS, Topic.VEHICLE_HEALTH, Topic.REVIEWS);

    /** Upserts are keyed by entity, and there no value is a deletion rather than an error. */
    private static final List<Damage> OF_UPSERTS =
            DAMAGES.stream().filter(damage -> damage != Damage.NULL_VALUE).toList();

    private final Company company;
    private final RuleBreaker breaker;
    private final Dice dice;

    Spoiler(Company company, Dice dice) {
        this.company = company;
        this.breaker = new RuleBreaker(dice.split("rules"));
        this.dice = dice;
    }

    Event undecodable(Topic topic, long seq, long micros, Instant now) {
        Fact fact = draft(topic, seq, micros, now);
        Topic drafted = Topic.of(fact.record());
        Damage damage = dice.oneOf(OF_FACTS.contains(drafted) ? DAMAGES : OF_UPSERTS);
        return new Event(
                seq,
                drafted,
                fact.key(),
                micros,
                fact.record(),
                fate(damage),
                damage,
                dice.nextLong(),
                Fact.REFERENCE_DATA);
    }

    Event ruleBreaking(Topic topic, long seq, long micros, Instant now) {
        Fact fact = draft(topic, seq, micros, now);
        if (breaker.refers(fact.record()) && dice.chance(0.5)) {
            return spoiled(seq, micros, fact, breaker.astray(fact.record()), Fate.BROKEN_REFERENCE);
        }
        return spoiled(seq, micros, fact, breaker.broken(fact.record()), Fate.RULE_FAILED);
    }

    private Fact draft(Topic topic, long seq, long micros, Instant now) {
        Fact fact = draftOf(topic, seq, micros, now);
        return fact == null ? company.activity(seq, micros, now) : fact;
    }

    /** Something of the topic, if the company has anything of the kind. */
    private @Nullable Fact draftOf(Topic topic, long seq, long micros, Instant now) {
        return switch (topic) {
            case TRANSACTIONS -> company.draftTransaction(seq, now);
            case CUSTOMERS -> company.draftCustomer(seq);
            case PRODUCTS -> company.draftProduct(now);
            case FX_RATES -> company.draftRate();
            case STATIONS -> company.draftStation(now);
            case CHARGING_SESSIONS -> company.draftCharging(seq, micros);
            case VEHICLE_HEALTH -> company.draftHealth(seq, micros, now);
            case REVIEWS -> company.draftReview(seq, now);
            case ACTIVITY, VEHICLES, FISCAL_CALENDAR -> null;
        };
    }

    private static Event spoiled(long seq, long micros, Fact fact, SpecificRecord record, Fate fate) {
        return new Event(seq, Topic.of(record), fact.key(), micros, record, fate, null, 0, fact.parent());
    }

    private static Fate fate(Damage damage) {
        return switch (damage) {
            case NULL_VALUE -> Fate.NULL_VALUE;
            case RANDOM_BYTES, WRONG_MAGIC, TOO_SHORT -> Fate.BAD_MAGIC;
            case UNKNOWN_SCHEMA -> Fate.UNKNOWN_SCHEMA_ID;
            case TRUNCATED, GARBAGE, TRAILING -> Fate.MALFORMED;
        };
    }
}
