package dev.firn.generator.company;

import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Connector;
import dev.firn.futuremobility.raw.MeterValue;
import dev.firn.generator.chance.Dice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vehicles at the stations of the city that their owners live in, and now and then of another one. A connector charges one
 * vehicle at a time. A session is told when it ends.
 */
final class ChargingStops {
    private static final double HOUR = 3_600_000_000.0;
    private static final long MINUTE = 60_000_000;
    private static final double STRONGEST_CAR_KW = 180;
    private static final double USUAL_SHARE_OF_POWER = 0.85;
    private static final BigDecimal DOLLARS_PER_KWH = new BigDecimal("0.39");
    private static final int TRIES = 4;

    private record Stop(Car car, Charger charger, int connector, long from, long to) {}

    private final Fleet fleet;
    private final Network network;
    private final Dice dice;
    private final long seed;

    ChargingStops(Fleet fleet, Network network, Dice dice) {
        this.fleet = fleet;
        this.network = network;
        this.dice = dice;
        this.seed = dice.nextLong();
    }

    /** The session that ends now, if one does. */
    @Nullable
    Fact next(long seq, long micros) {
        Car car = fleet.wantsCharge(seq, micros);
        if (car == null) {
            return null;
        }
        double to = 0.8 + dice.fraction() * 0.2;
        for (int i = 0; i < TRIES; i++) {
            Charger charger = near(car);
            Stop stop = charger.open() ? stop(car, charger, to, micros) : null;
            if (stop != null) {
                return told(stop, to, seq);
            }
        }
        // queues everywhere: it comes back later
        fleet.chargeAgain(car, micros + 10 * MINUTE);
        return null;
    }

    /** A session without consequences, if there is a vehicle. */
    @Nullable
    Fact draft(long seq, long micros) {
        Car car = fleet.draw();
        if (car == null) {
            return null;
        }
        Charger charger = near(car);
        Stop stop = new Stop(car, charger, 0, micros - 30 * MINUTE, micros);
        return fact(stop, session(stop, car.stateOfCharge(stop.from()), 1, seq));
    }

    private Charger near(Car car) {
        Market market = car.owner().market();
        Place place = dice.chance(0.9) ? car.owner().place() : dice.oneOf(market.places());
        return dice.oneOf(network.in(place));
    }

    /** The stop of a vehicle that is charged up to {@code to} now, unless a connector was free for as long. */
    private @Nullable Stop stop(Car car, Charger charger, double to, long micros) {
        int most = charger.connectors().size();
        for (int connector = 0; connector < most; connector++) {
            double kw = power(charger.connectors().get(connector));
            double hours = Math.max(0.05, (to - car.stateOfCharge(micros)) * car.capacityKwh() / kw);
            long from = micros - (long) (hours * HOUR);
            if (charger.freeSince(connector, from)) {
                return new Stop(car, charger, connector, from, micros);
            }
        }
        return null;
    }

    private Fact told(Stop stop, double to, long seq) {
        Car car = stop.car();
        ChargingSession session = session(stop, car.stateOfCharge(stop.from()), to, seq);
        stop.charger().usedUntil(stop.connector(), stop.to());
        car.charged(stop.to(), to);
        fleet.chargeAgain(car, car.wantsCharge(dice));
        return fact(stop, session);
    }

    private static Fact fact(Stop stop, ChargingSession session) {
        return new Fact(stop.charger().id(), session, parent(stop.car()));
    }

    private ChargingSession session(Stop stop, double from, double to, long seq) {
        Car car = stop.car();
        Connector connector = stop.charger().connectors().get(stop.connector());
        double kwh = rounded(Math.max(0, to - from) * car.capacityKwh());
        Currency currency = car.owner().market().currency();
        return new ChargingSession(
                Id.of('c', seq, seed),
                stop.charger().id(),
                connector.getConnectorId(),
                car.vin(),
                car.owner().id(),
                instant(stop.from()),
                instant(stop.to()),
                kwh,
                currency.price(DOLLARS_PER_KWH.multiply(BigDecimal.valueOf(kwh)).setScale(2, RoundingMode.HALF_UP)),
                currency.name(),
                meterValues(stop, from, to, kwh));
    }

    private List<MeterValue> meterValues(Stop stop, double from, double to, double kwh) {
        int count = dice.between(3, 8);
        double averageKw = kwh / ((stop.to() - stop.from()) / HOUR);
        List<MeterValue> values = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            double share = (double) i / count;
            values.add(new MeterValue(
                    instant(stop.from() + (long) (share * (stop.to() - stop.from()))),
                    i == count ? kwh : rounded(kwh * share),
                    // a full battery takes less
                    rounded(averageKw * (1.3 - 0.5 * share)),
                    (int) Math.round(100 * (from + Math.max(0, to - from) * share))));
        }
        return values;
    }

    private static double power(Connector connector) {
        return Math.min(connector.getMaxKw(), STRONGEST_CAR_KW) * USUAL_SHARE_OF_POWER;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static long parent(Car car) {
        return Math.max(car.recordSeq(), car.owner().recordSeq());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
