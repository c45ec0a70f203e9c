package dev.firn.generator.disturb;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.generator.chance.Dice;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Makes records that decode well and break exactly one rule of their contract. */
public final class RuleBreaker {
    private static final BigDecimal MINUS_ONE = new BigDecimal("-1.00");
    private static final List<Consumer<Activity>> ACTIVITY = List.of(
            a -> a.setEventType("hover"),
            a -> a.setEventId(" "),
            a -> a.getUser().setEmail("nobody at example.com"),
            a -> a.getUserAgent().setDeviceType("fridge"),
            a -> a.getPage().setPath(""),
            a -> a.getLocation().setCountry("Germany"),
            a -> a.getLocation().setLatitude(123.25),
            a -> a.getEngagement().setDwellMs(-5),
            a -> a.getEngagement().setScrollPercent(140));
    private static final List<Consumer<Transaction>> TRANSACTIONS = List.of(
            t -> t.setQuantity(0),
            t -> t.setCurrency("usd"),
            t -> t.setTerritory("MOON"),
            t -> t.setLine(0),
            t -> t.setUnitPrice(MINUS_ONE),
            t -> t.setChannel("telepathy"));
    private static final List<Consumer<Transaction>> REFERENCES = List.of(
            t -> t.setCustomerId("C-nobody"),
            t -> t.setProductId("P-nothing"),
            // the code for tests: of the right form, and never with a rate
            t -> t.setCurrency("XTS"));
    private static final List<Consumer<Customer>> CUSTOMERS = List.of(
            c -> c.setEmail("not an address"),
            c -> c.setLoyaltyTier("diamond"),
            c -> c.setFirstName(""),
            c -> c.getAddress().setCountry("xx"));
    private static final List<Consumer<Product>> PRODUCTS =
            List.of(p -> p.setKind("gadget"), p -> p.setListPrice(MINUS_ONE), p -> p.setName(" "));

    private static final List<Consumer<FxRate>> RATES = List.of(r -> r.setRate(new BigDecimal("-1.00000000")));
    private static final List<Consumer<Station>> STATIONS = List.of(
            s -> s.setStatus("haunted"),
            s -> s.getLocation().setCountry("xx"),
            s -> s.getConnectors().get(0).setMaxKw(0),
            s -> s.setCapacity(0));
    private static final List<Consumer<ChargingSession>> CHARGING = List.of(
            c -> c.setSessionId(" "),
            c -> c.setVehicleId("not a VIN"),
            c -> c.setEnergyKwh(-1),
            c -> c.setPrice(MINUS_ONE),
            c -> c.getMeterValues().get(0).setStateOfCharge(101));
    private static final List<Consumer<VehicleHealth>> HEALTH = List.of(
            h -> h.setOdometerKm(-1),
            h -> h.getBattery().setStateOfHealth(100.5),
            h -> h.getBattery().setTemperatureC(900),
            h -> h.getTyres().get(2).setPosition("spare"),
            h -> h.setFaultCodes(List.of("?")));
    private static final List<Consumer<Review>> REVIEWS =
            List.of(r -> r.setRating(6), r -> r.setTitle(" "), r -> r.setReviewId(" "));
    private static final List<Consumer<ChargingSession>> CHARGING_ASTRAY = List.of(
            c -> c.setStationId("S-nowhere"),
            c -> c.setVehicleId("FMVE00EV00TA99999"),
            c -> c.setCustomerId("C-nobody"));
    private static final List<Consumer<VehicleHealth>> HEALTH_ASTRAY =
            List.of(h -> h.setVehicleId("FMVE00EV00TA99999"));
    private static final List<Consumer<Review>> REVIEWS_ASTRAY =
            List.of(r -> r.setProductId("P-nothing"), r -> r.setCustomerId("C-nobody"));

    private final Faults broken = new Faults()
            .of(Activity.class, ACTIVITY)
            .of(Transaction.class, TRANSACTIONS)
            .of(Customer.class, CUSTOMERS)
            .of(Product.class, PRODUCTS)
            .of(FxRate.class, RATES)
            .of(Station.class, STATIONS)
            .of(ChargingSession.class, CHARGING)
            .of(VehicleHealth.class, HEALTH)
            .of(Review.class, REVIEWS);
    private final Faults astray = new Faults()
            .of(Transaction.class, REFERENCES)
            .of(ChargingSession.class, CHARGING_ASTRAY)
            .of(VehicleHealth.class, HEALTH_ASTRAY)
            .of(Review.class, REVIEWS_ASTRAY);
    private final Dice dice;

    public RuleBreaker(Dice dice) {
        this.dice = dice;
    }

    /** Breaks one rule.
     *
     * @throws IllegalArgumentException if none is known for records of the class
     */
    public SpecificRecord broken(SpecificRecord intact) {
        return broken.on(intact, dice);
    }

    /** Whether such records refer to others. */
    public boolean refers(SpecificRecord record) {
        return astray.knows(record);
    }

    /** Breaks no rule by itself, but refers to what does not exist. */
    public SpecificRecord astray(SpecificRecord intact) {
        return astray.on(intact, dice);
    }
}
