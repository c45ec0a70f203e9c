package dev.firn.generator.sequence;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.generator.chance.Dice;
import dev.firn.generator.company.Company;
import dev.firn.generator.company.Fact;
import dev.firn.generator.disturb.Damage;
import dev.firn.generator.disturb.RuleBreaker;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Events that are bound for quarantine. Nothing refers to them, and the company forgets them at once. */
final class Spoiler {
    private static final List<Damage> DAMAGES = List.of(Damage.values());

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
        boolean appended = topic == Topic.ACTIVITY || topic == Topic.TRANSACTIONS;
        Damage damage = dice.oneOf(appended ? DAMAGES : OF_UPSERTS);
        return new Event(
                seq,
                topic,
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
        if (fact.record() instanceof Transaction transaction && dice.chance(0.5)) {
            return spoiled(topic, seq, micros, fact, breaker.astray(transaction), Fate.BROKEN_REFERENCE);
        }
        return spoiled(topic, seq, micros, fact, broken(fact), Fate.RULE_FAILED);
    }

    private Fact draft(Topic topic, long seq, long micros, Instant now) {
        return switch (topic) {
            case ACTIVITY -> company.activity(seq, micros, now);
            case TRANSACTIONS -> company.draftTransaction(seq, now);
            case CUSTOMERS -> company.draftCustomer(seq);
            case PRODUCTS -> company.draftProduct(now);
            case FX_RATES -> company.draftRate();
        };
    }

    private SpecificRecord broken(Fact fact) {
        if (fact.record() instanceof Activity activity) {
            return breaker.broken(activity);
        }
        if (fact.record() instanceof Transaction transaction) {
            return breaker.broken(transaction);
        }
        if (fact.record() instanceof Customer customer) {
            return breaker.broken(customer);
        }
        if (fact.record() instanceof Product product) {
            return breaker.broken(product);
        }
        return breaker.broken((FxRate) fact.record());
    }

    private static Event spoiled(Topic topic, long seq, long micros, Fact fact, SpecificRecord record, Fate fate) {
        return new Event(seq, topic, fact.key(), micros, record, fate, null, 0, fact.parent());
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
