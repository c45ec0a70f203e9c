package dev.firn.generator.company;

import dev.firn.futuremobility.raw.BatteryHealth;
import dev.firn.futuremobility.raw.Tyre;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.generator.chance.Dice;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What vehicles report of themselves. Owners of those with faults complain, see {@link #complaint}. */
final class HealthReports {
    private static final int BLOCKS = 8;
    private static final int SERVICE_EVERY_KM = 30_000;
    private static final int SERVICE_DUE_KM = 29_000;
    private static final int MOST_COMPLAINTS = 1_000;
    private static final List<String> TYRES = List.of("front_left", "front_right", "rear_left", "rear_right");
    private static final List<String> FAULTS = List.of("P0562", "C1234", "U0100", "B1318");
    private static final String BATTERY_FAULT = "P0A80";

    private final Fleet fleet;
    private final Dice dice;
    private final long seed;
    private final Deque<Account> complaints = new ArrayDeque<>();

    HealthReports(Fleet fleet, Dice dice) {
        this.fleet = fleet;
        this.dice = dice;
        this.seed = dice.nextLong();
    }

    /** The report that is due now, if one is. */
    @Nullable
    Fact next(long seq, long micros, Instant now) {
        Car car = fleet.wantsReport(seq, micros);
        if (car == null) {
            return null;
        }
        VehicleHealth report = report(car, seq, micros, now);
        fleet.reportAgain(car, micros);
        if (!report.getFaultCodes().isEmpty() && complaints.size() < MOST_COMPLAINTS && dice.chance(0.3)) {
            complaints.add(car.owner());
        }
        return new Fact(car.vin(), report, car.recordSeq());
    }

    /** A report without consequences, if there is a vehicle. */
    @Nullable
    Fact draft(long seq, long micros, Instant now) {
        Car car = fleet.draw();
        return car == null ? null : new Fact(car.vin(), report(car, seq, micros, now), car.recordSeq());
    }

    /** The next owner who goes to the shop's help page because of a fault, if any. */
    @Nullable
    Account complaint() {
        return complaints.poll();
    }

    private VehicleHealth report(Car car, long seq, long micros, Instant now) {
        int odometer = (int) car.odometerKm(micros);
        return new VehicleHealth(
                Id.of('h', seq, seed),
                car.vin(),
                now,
                odometer,
                battery(car, micros),
                tyres(),
                faults(car),
                odometer % SERVICE_EVERY_KM >= SERVICE_DUE_KM);
    }

    private BatteryHealth battery(Car car, long micros) {
        double charge = car.stateOfCharge(micros);
        List<Double> cells = new ArrayList<>(BLOCKS);
        for (int block = 0; block < BLOCKS; block++) {
            cells.add(rounded(3.3 + 0.85 * charge + dice.between(-4, 4) / 1_000.0, 1_000));
        }
        if (car.weak()) {
            cells.set(0, rounded(cells.get(0) - dice.between(60, 140) / 1_000.0, 1_000));
        }
        int warmth = dice.between(150, 380) + (car.weak() && dice.chance(0.2) ? dice.between(100, 250) : 0);
        return new BatteryHealth(
                rounded(100 * car.stateOfHealth(micros), 10),
                rounded(100 * charge, 10),
                warmth / 10.0,
                car.cycles(micros),
                cells);
    }

    private List<Tyre> tyres() {
        List<Tyre> tyres = new ArrayList<>(TYRES.size());
        for (String position : TYRES) {
            int loss = dice.chance(0.01) ? dice.between(30, 90) : 0;
            tyres.add(new Tyre(position, dice.between(244, 262) - loss));
        }
        return tyres;
    }

    private List<String> faults(Car car) {
        if (car.weak() && dice.chance(0.15)) {
            return List.of(BATTERY_FAULT);
        }
        return dice.chance(0.01) ? List.of(dice.oneOf(FAULTS)) : List.of();
    }

    private static double rounded(double value, int per) {
        return (double) Math.round(value * per) / per;
    }
}
