package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleSpec;
import dev.firn.generator.chance.Dice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A vehicle on the road: how far it has gone, what its battery holds and how it ages. It is driven evenly, so all of that
 * follows from the time and from when it was last charged.
 */
final class Car {
    private static final double DAY = 86_400_000_000.0;
    private static final double LEAST_CHARGE = 0.04;
    private static final List<String> COLOURS = List.of("white", "black", "silver", "blue", "red", "green", "graphite");

    private final String vin;
    private final Account owner;
    private final String productId;
    private final double capacityKwh;
    private final double rangeKm;
    private final String colour;
    private final LocalDate builtOn;
    private final Instant soldAt;
    private final long soldMicros;
    private final double kmPerDay;
    private final boolean weak;
    private long recordSeq = Fact.REFERENCE_DATA;
    private boolean registered;
    private boolean returned;
    private long chargedAt;
    private double chargedTo = 0.8;

    Car(String vin, Account owner, Item item, VehicleSpec spec, Instant soldAt, long soldMicros, Dice dice) {
        this.vin = vin;
        this.owner = owner;
        this.productId = item.id();
        this.capacityKwh = spec.getBatteryCapacityKwh();
        this.rangeKm = spec.getRangeKm();
        this.soldAt = soldAt;
        this.soldMicros = soldMicros;
        this.chargedAt = soldMicros;
        this.colour = dice.oneOf(COLOURS);
        this.builtOn = LocalDate.ofInstant(soldAt, ZoneOffset.UTC).minusDays(dice.between(5, 120));
        // most go to work and back, some are taxis
        this.kmPerDay = dice.chance(0.1) ? dice.between(200, 420) : dice.between(20, 90);
        this.weak = dice.chance(0.04);
    }

    String vin() {
        return vin;
    }

    Account owner() {
        return owner;
    }

    double capacityKwh() {
        return capacityKwh;
    }

    /** The sequence number of its first record: the parent of whatever refers to it. */
    long recordSeq() {
        return recordSeq;
    }

    /** Its first record goes out as {@code seq}. */
    void registered(long seq) {
        registered = true;
        recordSeq = seq;
    }

    boolean isRegistered() {
        return registered;
    }

    boolean returned() {
        return returned;
    }

    void giveBack() {
        returned = true;
    }

    /** Whether its battery has a bad block of cells. */
    boolean weak() {
        return weak;
    }

    double odometerKm(long micros) {
        return Math.max(0, micros - soldMicros) / DAY * kmPerDay;
    }

    /** From 0 to 1. */
    double stateOfCharge(long micros) {
        double driven = odometerKm(micros) - odometerKm(chargedAt);
        return Math.max(LEAST_CHARGE, chargedTo - driven / rangeKm);
    }

    /** From 0 to 1: a battery loses a fifth in about 1,000 cycles, a weak one sooner. */
    double stateOfHealth(long micros) {
        return Math.max(0.5, 1 - cycles(micros) * (weak ? 0.0008 : 0.0002));
    }

    int cycles(long micros) {
        return (int) (odometerKm(micros) / rangeKm);
    }

    /** When it will want to be charged next, if it goes on like that. */
    long wantsCharge(Dice dice) {
        double share = chargedTo - 0.1 - dice.fraction() * 0.3;
        return chargedAt + (long) (share * rangeKm / kmPerDay * DAY);
    }

    void charged(long micros, double to) {
        chargedAt = micros;
        chargedTo = to;
    }

    /** As if it had been charged some time before. */
    void chargedBefore(long micros, Dice dice) {
        double since = dice.fraction() * 0.6 * rangeKm / kmPerDay * DAY;
        chargedAt = Math.max(soldMicros, micros - (long) since);
    }

    Vehicle record(Instant now) {
        return new Vehicle(vin, productId, owner.id(), colour, builtOn, soldAt, returned ? "returned" : "sold", now);
    }
}
