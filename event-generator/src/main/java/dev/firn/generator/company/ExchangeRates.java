package dev.firn.generator.company;

import dev.firn.futuremobility.raw.FxRate;
import dev.firn.generator.chance.Dice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Daily rates of every currency to the dollar, each as of midnight UTC, published a day ahead so that whoever looks one up
 * has it long since.
 */
final class ExchangeRates {
    private final Map<Currency, BigDecimal> rates = new EnumMap<>(Currency.class);
    private final Deque<FxRate> due = new ArrayDeque<>();
    private final Dice dice;
    private Instant published;
    private long newest = Fact.REFERENCE_DATA;
    private long inForce = Fact.REFERENCE_DATA;

    ExchangeRates(Instant start, Dice dice) {
        this.dice = dice;
        for (Currency currency : Currency.values()) {
            if (currency != Currency.USD) {
                rates.put(currency, currency.inDollars());
            }
        }
        published = start.truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
        advance(start);
    }

    /** The next rate that has to be out by now, if any. */
    @Nullable
    FxRate poll(Instant now) {
        if (due.isEmpty() && published.isBefore(now.plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS))) {
            inForce = newest;
            advance(now);
        }
        return due.poll();
    }

    /** A rate has gone out under this sequence number. */
    void announced(long seq) {
        newest = seq;
    }

    /** The sequence number of the last rate that a transaction of today needs. */
    long inForce() {
        return inForce;
    }

    /** Some rate once more. */
    FxRate draft(Dice draws) {
        Currency currency = draws.oneOf(List.copyOf(rates.keySet()));
        return new FxRate(currency.name(), Currency.USD.name(), currency.inDollars(), published);
    }

    private void advance(Instant now) {
        Instant tomorrow = now.plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        while (published.isBefore(tomorrow)) {
            published = published.plus(1, ChronoUnit.DAYS);
            rates.replaceAll((currency, rate) -> moved(currency, rate));
            rates.forEach(
                    (currency, rate) -> due.add(new FxRate(currency.name(), Currency.USD.name(), rate, published)));
        }
    }

    /** Up to half a percent a day, never further than a tenth from where it belongs. */
    private BigDecimal moved(Currency currency, BigDecimal rate) {
        BigDecimal usual = currency.inDollars();
        BigDecimal next = rate.multiply(BigDecimal.valueOf(dice.between(9_950, 10_050), 4));
        BigDecimal least = usual.multiply(new BigDecimal("0.9"));
        BigDecimal most = usual.multiply(new BigDecimal("1.1"));
        return next.max(least).min(most).setScale(8, RoundingMode.HALF_UP);
    }
}
