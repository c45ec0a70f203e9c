package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Address;
import dev.firn.futuremobility.raw.Customer;
import java.time.Instant;

/** A customer: the record as of its last change, and from when on others may refer to it. */
final class Account {
    private static final long NOT_YET = Long.MAX_VALUE;

    private final String id;
    private final String anonymousId;
    private final Market market;
    private final Place place;
    private Customer record;
    private long recordSeq;
    private long usableFrom = NOT_YET;

    Account(String anonymousId, Market market, Place place, Customer record) {
        this.id = record.getCustomerId();
        this.anonymousId = anonymousId;
        this.market = market;
        this.place = place;
        this.record = record;
    }

    String id() {
        return id;
    }

    String anonymousId() {
        return anonymousId;
    }

    Market market() {
        return market;
    }

    Place place() {
        return place;
    }

    Customer record() {
        return record;
    }

    /** The sequence number of the account's first record: the parent of whatever refers to it. */
    long recordSeq() {
        return recordSeq;
    }

    long usableFrom() {
        return usableFrom;
    }

    /** Its first record goes out as {@code seq}; others may refer to it from {@code usableFrom} on. */
    void announced(long seq, long usableFrom) {
        this.recordSeq = seq;
        this.usableFrom = usableFrom;
    }

    boolean usable(long seq) {
        return usableFrom <= seq;
    }

    /** Records are shared with events that are on their way, so a change makes a new one. */
    void change(Address address, String tier, boolean consent, Instant now) {
        record = new Customer(
                id,
                record.getFirstName(),
                record.getLastName(),
                record.getEmail(),
                record.getPhone(),
                record.getCompany(),
                address,
                tier,
                consent,
                record.getCreatedAt(),
                now);
    }
}
