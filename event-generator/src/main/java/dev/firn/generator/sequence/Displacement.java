package dev.firn.generator.sequence;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.generator.chance.Dice;
import dev.firn.generator.disturb.Shares;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Facts and updates other than activity that are told after their time: as late, or as much out of order, as activity is. */
final class Displacement {
    private final Shares shares;
    private final Instant start;
    private final Dice dice;

    /** @param start before that nothing is known that transactions need */
    Displacement(Shares shares, Instant start, Dice dice) {
        this.shares = shares;
        this.start = start;
        this.dice = dice;
    }

    /** The record, or now and then one of an earlier time. New customers are told of at once. */
    SpecificRecord of(SpecificRecord record) {
        long back = Timeline.back(shares, dice);
        return back == 0 ? record : earlier(record, Duration.of(back, ChronoUnit.MICROS));
    }

    private SpecificRecord earlier(SpecificRecord record, Duration back) {
        if (record instanceof Transaction transaction) {
            Instant time = transaction.getTransactionTime().minus(back);
            return time.isBefore(start) ? transaction : with(transaction, copy -> copy.setTransactionTime(time));
        }
        if (record instanceof ChargingSession session) {
            return earlier(session, back);
        }
        if (record instanceof VehicleHealth report) {
            return with(
                    report, copy -> copy.setReportedAt(report.getReportedAt().minus(back)));
        }
        if (record instanceof Review review) {
            return with(
                    review, copy -> copy.setReviewedAt(review.getReviewedAt().minus(back)));
        }
        return updatedEarlier(record, back);
    }

    private static ChargingSession earlier(ChargingSession session, Duration back) {
        return with(session, copy -> {
            copy.setStartedAt(session.getStartedAt().minus(back));
            copy.setEndedAt(session.getEndedAt().minus(back));
            copy.setMeterValues(session.getMeterValues().stream()
                    .map(value -> with(value, one -> one.setAt(value.getAt().minus(back))))
                    .toList());
        });
    }

    private static SpecificRecord updatedEarlier(SpecificRecord record, Duration back) {
        if (record instanceof Customer customer) {
            Instant time = customer.getUpdatedAt().minus(back);
            return time.isAfter(customer.getCreatedAt()) ? with(customer, copy -> copy.setUpdatedAt(time)) : customer;
        }
        if (record instanceof Product product) {
            return with(
                    product, copy -> copy.setUpdatedAt(product.getUpdatedAt().minus(back)));
        }
        if (record instanceof Station station) {
            return with(
                    station, copy -> copy.setUpdatedAt(station.getUpdatedAt().minus(back)));
        }
        return record;
    }

    /** A changed copy, that shares what is not changed. */
    private static <T extends SpecificRecord> T with(T record, Consumer<T> change) {
        @SuppressWarnings("unchecked") // it is made of the same class
        T copy = (T) SpecificData.newInstance(record.getClass(), record.getSchema());
        for (Schema.Field field : record.getSchema().getFields()) {
            copy.put(field.pos(), record.get(field.pos()));
        }
        change.accept(copy);
        return copy;
    }
}
