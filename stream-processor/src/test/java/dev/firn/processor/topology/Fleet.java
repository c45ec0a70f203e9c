package dev.firn.processor.topology;

import dev.firn.futuremobility.raw.BatteryHealth;
import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Connector;
import dev.firn.futuremobility.raw.MeterValue;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.StationLocation;
import dev.firn.futuremobility.raw.Tyre;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.futuremobility.raw.VehicleSpec;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Records of vehicles and where they are charged. */
final class Fleet {
    static final String VIN = "FMVE00EV00TA00001";

    private Fleet() {}

    /** All that the facts refer to: C1, P1, S1 and the vehicle. */
    static void sendReferences(Fixture firn) {
        firn.send(Topics.RAW_CUSTOMERS, "C1", Events.customer("C1"));
        Product product = Events.product("P1");
        product.setVehicle(new VehicleSpec("Fjord", 75.0, 480, "awd"));
        firn.send(Topics.RAW_PRODUCTS, "P1", product);
        firn.send(Topics.RAW_STATIONS, "S1", station("S1", 2));
        firn.send(Topics.RAW_VEHICLES, VIN, vehicle());
    }

    static Station station(String id, int capacity) {
        return new Station(
                id,
                "Berlin Harbour",
                new StationLocation("DE", "BE", "Berlin", 52.5, 13.4),
                List.of(new Connector(id + "-1", "ccs", 150), new Connector(id + "-2", "type2", 22)),
                capacity,
                "open",
                Events.START);
    }

    static Vehicle vehicle() {
        return new Vehicle(VIN, "P1", "C1", "blue", LocalDate.of(2025, 12, 1), Events.START, "sold", Events.START);
    }

    static ChargingSession charging(String id, Instant from, Instant to, double kwh) {
        return new ChargingSession(
                id,
                "S1",
                "S1-2",
                VIN,
                "C1",
                from,
                to,
                kwh,
                new BigDecimal("8.00"),
                "EUR",
                List.of(new MeterValue(to, kwh, 20.0, 80)));
    }

    static VehicleHealth health(String id, Instant at, double stateOfHealth, double celsius, String... faults) {
        BatteryHealth battery = new BatteryHealth(stateOfHealth, 80.0, celsius, 10, List.of(3.9, 3.912, 3.895));
        return new VehicleHealth(
                id,
                VIN,
                at,
                1000,
                battery,
                List.of(new Tyre("front_left", 251), new Tyre("rear_left", 230)),
                List.of(faults),
                false);
    }

    static Review review(String id, String text, int rating) {
        return new Review(id, "P1", "C1", null, rating, "Well", text, Events.START);
    }
}
