package dev.firn.generator.company;

import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.generator.chance.Dice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * FutureMobility at work. Everything it tells follows from the dice it was given and from the order of the questions; it
 * never looks at a clock. Not safe for several threads.
 */
public final class Company {
    private final Catalogue catalogue;
    private final Customers customers;
    private final Orders orders;
    private final Shop shop;
    private final ExchangeRates rates;
    private final FiscalCalendar calendar;
    private final Network network;
    private final Fleet fleet;
    private final ChargingStops charging;
    private final HealthReports health;
    private final Reviews reviews;
    private final Dice catalogueDice;

    /**
     * @param customers how many have an account from the beginning
     * @param products how many are sold
     * @param skew Zipf exponent of both
     */
    public Company(Dice dice, Instant start, int customers, int products, double skew) {
        People people = People.of(dice.split("people"));
        this.catalogueDice = dice.split("catalogue");
        this.catalogue = new Catalogue(products, skew, catalogueDice);
        this.customers = new Customers(customers, skew, start, people, dice.split("customers"));
        this.reviews = new Reviews(dice.split("reviews"));
        this.network = new Network(dice.split("network"));
        this.fleet = new Fleet(dice.split("fleet"));
        this.charging = new ChargingStops(fleet, network, dice.split("charging"));
        this.health = new HealthReports(fleet, dice.split("health"));
        this.orders = new Orders(this.customers, catalogue, fleet, reviews, dice.split("orders"));
        Arrivals arrivals = new Arrivals(this.customers, catalogue, health, dice.split("arrivals"));
        this.shop = new Shop(arrivals, this.customers, catalogue, orders, dice.split("shop"));
        this.rates = new ExchangeRates(start, dice.split("rates"));
        this.calendar = new FiscalCalendar(start);
    }

    /** What has to be known before the first event, in order. Numbered up to -1. */
    public List<Fact> referenceData(Instant start) {
        List<Fact> facts = new ArrayList<>();
        for (FxRate rate = rates.poll(start); rate != null; rate = rates.poll(start)) {
            facts.add(independent(rate.getBase() + rate.getQuote(), rate));
        }
        for (FiscalDay day = calendar.poll(start); day != null; day = calendar.poll(start)) {
            facts.add(independent(day.getDate().toString(), day));
        }
        catalogue.items().forEach(item -> facts.add(independent(item.id(), item.record(start))));
        network.chargers().forEach(charger -> facts.add(independent(charger.id(), charger.record(start))));
        customers.initial().forEach(account -> {
            account.announced(Fact.REFERENCE_DATA, 0);
            facts.add(independent(account.id(), account.record()));
        });
        facts.addAll(vehicles(start));
        return facts;
    }

    /** They come last, so their parents are all that comes before them. */
    private List<Fact> vehicles(Instant start) {
        List<Car> cars = fleet.initial(customers, catalogue, start);
        long before = -cars.size() - 1L;
        return cars.stream()
                .map(car -> new Fact(car.vin(), car.record(start), before))
                .toList();
    }

    /** What has to go out now, before anything else: a rate, a day of the calendar, the papers of a vehicle. */
    public @Nullable Fact due(long seq, Instant now) {
        FxRate rate = rates.poll(now);
        if (rate != null) {
            rates.announced(seq);
            return new Fact(rate.getBase() + rate.getQuote(), rate, Fact.REFERENCE_DATA);
        }
        FiscalDay day = calendar.poll(now);
        return day == null ? fleet.papers(seq, now) : new Fact(day.getDate().toString(), day, Fact.REFERENCE_DATA);
    }

    /** A vehicle was charged, if one is done now. */
    public @Nullable Fact charging(long seq, long micros) {
        return charging.next(seq, micros);
    }

    /** A session without consequences, if there is a vehicle. */
    public @Nullable Fact draftCharging(long seq, long micros) {
        return charging.draft(seq, micros);
    }

    /** What a vehicle reports, if one is about to. */
    public @Nullable Fact health(long seq, long micros, Instant now) {
        return health.next(seq, micros, now);
    }

    /** A report without consequences, if there is a vehicle. */
    public @Nullable Fact draftHealth(long seq, long micros, Instant now) {
        return health.draft(seq, micros, now);
    }

    /** What a customer says of a product, if one is about to. */
    public @Nullable Fact review(long seq, Instant now) {
        return reviews.next(seq, now);
    }

    /** A review without consequences, if there was one before. */
    public @Nullable Fact draftReview(long seq, Instant now) {
        return reviews.draft(seq, now);
    }

    /** A station closes or opens. */
    public Fact station(Instant now) {
        Charger charger = network.change(catalogueDice);
        return new Fact(charger.id(), charger.record(now), Fact.REFERENCE_DATA);
    }

    /** Some station, unchanged. */
    public Fact draftStation(Instant now) {
        Charger charger = catalogueDice.oneOf(network.chargers());
        return new Fact(charger.id(), charger.record(now), Fact.REFERENCE_DATA);
    }

    /** What a visitor of the shop does. */
    public Fact activity(long seq, long micros, Instant now) {
        return shop.next(seq, micros, now);
    }

    /** A line of an order, or its refund. */
    public Fact transaction(long seq, Instant now) {
        Fact fact = orders.next(seq, now);
        return new Fact(fact.key(), fact.record(), Math.max(fact.parent(), rates.inForce()));
    }

    /** A sale without consequences. */
    public Fact draftTransaction(long seq, Instant now) {
        return orders.draft(seq, now);
    }

    /** A new customer, if one is waiting, else a change of somebody's data. */
    public Fact customer(long seq, Instant now) {
        Account account = customers.announce(seq);
        if (account == null) {
            account = customers.change(seq, now);
        }
        return new Fact(account.id(), account.record(), Fact.REFERENCE_DATA);
    }

    /** Somebody's data, unchanged. */
    public Fact draftCustomer(long seq) {
        Account account = customers.draw(seq);
        return new Fact(account.id(), account.record(), Fact.REFERENCE_DATA);
    }

    /** A product at a new price. */
    public Fact product(Instant now) {
        Item item = catalogue.reprice(catalogueDice);
        return new Fact(item.id(), item.record(now), Fact.REFERENCE_DATA);
    }

    /** A rate as it is already. */
    public Fact draftRate() {
        FxRate rate = rates.draft(catalogueDice);
        return new Fact(rate.getBase() + rate.getQuote(), rate, Fact.REFERENCE_DATA);
    }

    /** Some product, unchanged. */
    public Fact draftProduct(Instant now) {
        Item item = catalogue.draw(catalogueDice);
        return new Fact(item.id(), item.record(now), Fact.REFERENCE_DATA);
    }

    private static Fact independent(String key, SpecificRecord record) {
        return new Fact(key, record, Long.MIN_VALUE);
    }
}
