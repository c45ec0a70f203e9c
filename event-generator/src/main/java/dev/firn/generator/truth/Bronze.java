package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.futuremobility.raw.ChargingSession;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.FiscalDay;
import dev.firn.futuremobility.raw.FxRate;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Review;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Transaction;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleHealth;
import dev.firn.generator.sequence.Event;
import dev.firn.generator.sequence.Topic;
import java.util.List;
import java.util.stream.Stream;

/** The bronze tables: whatever decodes, as it came, duplicates and broken rules included. */
final class Bronze {
    private final ExpectedTable<Activity> activity = ExpectedTable.of(Topic.ACTIVITY.bronze(), ofActivity());
    private final ExpectedTable<Transaction> transactions =
            ExpectedTable.of(Topic.TRANSACTIONS.bronze(), ofTransactions());
    private final ExpectedTable<Customer> customers = ExpectedTable.of(Topic.CUSTOMERS.bronze(), ofCustomers());
    private final ExpectedTable<Product> products = ExpectedTable.of(Topic.PRODUCTS.bronze(), ofProducts());
    private final ExpectedTable<FxRate> fxRates = ExpectedTable.of(Topic.FX_RATES.bronze(), ofFxRates());

    private final ExpectedTable<FiscalDay> days = ExpectedTable.of(Topic.FISCAL_CALENDAR.bronze(), ofDays());
    private final ExpectedTable<Station> stations = ExpectedTable.of(Topic.STATIONS.bronze(), ofStations());
    private final ExpectedTable<Vehicle> vehicles = ExpectedTable.of(Topic.VEHICLES.bronze(), ofVehicles());
    private final ExpectedTable<ChargingSession> charging =
            ExpectedTable.of(Topic.CHARGING_SESSIONS.bronze(), ofCharging());
    private final ExpectedTable<VehicleHealth> health = ExpectedTable.of(Topic.VEHICLE_HEALTH.bronze(), ofHealth());
    private final ExpectedTable<Review> reviews = ExpectedTable.of(Topic.REVIEWS.bronze(), ofReviews());

    void add(Event event) {
        switch (event.topic()) {
            case ACTIVITY -> activity.add((Activity) event.record());
            case TRANSACTIONS -> transactions.add((Transaction) event.record());
            case CUSTOMERS -> customers.add((Customer) event.record());
            case PRODUCTS -> products.add((Product) event.record());
            case FX_RATES -> fxRates.add((FxRate) event.record());
            case FISCAL_CALENDAR -> days.add((FiscalDay) event.record());
            case STATIONS -> stations.add((Station) event.record());
            case VEHICLES -> vehicles.add((Vehicle) event.record());
            case CHARGING_SESSIONS -> charging.add((ChargingSession) event.record());
            case VEHICLE_HEALTH -> health.add((VehicleHealth) event.record());
            case REVIEWS -> reviews.add((Review) event.record());
        }
    }

    List<Expectation> expectations() {
        return Stream.of(
                        activity,
                        transactions,
                        customers,
                        products,
                        fxRates,
                        days,
                        stations,
                        vehicles,
                        charging,
                        health,
                        reviews)
                .flatMap(table -> table.expectations().stream())
                .toList();
    }

    private static Columns<Activity> ofActivity() {
        return new Columns<Activity>()
                .text("event_id", Activity::getEventId)
                .text("event_type", Activity::getEventType)
                .time("event_time", Activity::getEventTime)
                .text("\"session\".\"id\"", a -> a.getSession().getId())
                .text("\"user\".\"customer_id\"", a -> a.getUser().getCustomerId())
                .text("\"location\".\"country\"", a -> a.getLocation().getCountry())
                .number("engagement.dwell_ms", a -> a.getEngagement().getDwellMs());
    }

    private static Columns<Transaction> ofTransactions() {
        return new Columns<Transaction>()
                .text("transaction_id", Transaction::getTransactionId)
                .text("order_number", Transaction::getOrderNumber)
                .number("line", Transaction::getLine)
                .text("customer_id", Transaction::getCustomerId)
                .text("product_id", Transaction::getProductId)
                .number("quantity", Transaction::getQuantity)
                .decimal("unit_price", Transaction::getUnitPrice)
                .decimal("amount", Transaction::getAmount)
                .text("currency", Transaction::getCurrency)
                .text("territory", Transaction::getTerritory)
                .text("status", Transaction::getStatus)
                .text("channel", Transaction::getChannel)
                .text("payment_method", Transaction::getPaymentMethod)
                .text("refunds_transaction_id", Transaction::getRefundsTransactionId)
                .time("transaction_time", Transaction::getTransactionTime);
    }

    private static Columns<Customer> ofCustomers() {
        return new Columns<Customer>()
                .text("customer_id", Customer::getCustomerId)
                .text("loyalty_tier", Customer::getLoyaltyTier)
                .flag("marketing_consent", Customer::getMarketingConsent)
                .text("\"address\".\"country\"", c -> c.getAddress().getCountry())
                .time("created_at", Customer::getCreatedAt)
                .time("updated_at", Customer::getUpdatedAt);
    }

    private static Columns<Product> ofProducts() {
        return new Columns<Product>()
                .text("product_id", Product::getProductId)
                .text("name", Product::getName)
                .text("family", Product::getFamily)
                .text("kind", Product::getKind)
                .decimal("list_price", Product::getListPrice)
                .text("currency", Product::getCurrency)
                .time("updated_at", Product::getUpdatedAt);
    }

    private static Columns<FxRate> ofFxRates() {
        return new Columns<FxRate>()
                .text("base", FxRate::getBase)
                .text("quote", FxRate::getQuote)
                .decimal("rate", FxRate::getRate)
                .time("as_of", FxRate::getAsOf);
    }

    private static Columns<FiscalDay> ofDays() {
        return new Columns<FiscalDay>()
                .text("\"date\"", d -> d.getDate().toString())
                .number("fiscal_year", FiscalDay::getFiscalYear)
                .number("fiscal_quarter", FiscalDay::getFiscalQuarter)
                .number("fiscal_month", FiscalDay::getFiscalMonth)
                .number("fiscal_week", FiscalDay::getFiscalWeek)
                .flag("is_holiday", FiscalDay::getIsHoliday)
                .text("holiday", FiscalDay::getHoliday)
                .time("updated_at", FiscalDay::getUpdatedAt);
    }

    private static Columns<Station> ofStations() {
        return new Columns<Station>()
                .text("station_id", Station::getStationId)
                .text("name", Station::getName)
                .text("\"location\".\"city\"", s -> s.getLocation().getCity())
                .number("len(connectors)", s -> s.getConnectors().size())
                .text(
                        "connectors[1].connector_id",
                        s -> s.getConnectors().get(0).getConnectorId())
                .number("connectors[1].max_kw", s -> s.getConnectors().get(0).getMaxKw())
                .number("capacity", Station::getCapacity)
                .text("status", Station::getStatus)
                .time("updated_at", Station::getUpdatedAt);
    }

    private static Columns<Vehicle> ofVehicles() {
        return new Columns<Vehicle>()
                .text("vehicle_id", Vehicle::getVehicleId)
                .text("product_id", Vehicle::getProductId)
                .text("customer_id", Vehicle::getCustomerId)
                .text("colour", Vehicle::getColour)
                .text("built_on", v -> v.getBuiltOn().toString())
                .time("sold_at", Vehicle::getSoldAt)
                .text("status", Vehicle::getStatus)
                .time("updated_at", Vehicle::getUpdatedAt);
    }

    private static Columns<ChargingSession> ofCharging() {
        return new Columns<ChargingSession>()
                .text("session_id", ChargingSession::getSessionId)
                .text("station_id", ChargingSession::getStationId)
                .text("connector_id", ChargingSession::getConnectorId)
                .text("vehicle_id", ChargingSession::getVehicleId)
                .text("customer_id", ChargingSession::getCustomerId)
                .time("started_at", ChargingSession::getStartedAt)
                .time("ended_at", ChargingSession::getEndedAt)
                .thousandths("energy_kwh", ChargingSession::getEnergyKwh)
                .decimal("price", ChargingSession::getPrice)
                .text("currency", ChargingSession::getCurrency)
                .number("len(meter_values)", c -> c.getMeterValues().size())
                .time("meter_values[1].\"at\"", c -> c.getMeterValues().get(0).getAt())
                .thousandths(
                        "meter_values[1].kw", c -> c.getMeterValues().get(0).getKw())
                .number(
                        "meter_values[1].state_of_charge",
                        c -> c.getMeterValues().get(0).getStateOfCharge());
    }

    private static Columns<VehicleHealth> ofHealth() {
        return new Columns<VehicleHealth>()
                .text("report_id", VehicleHealth::getReportId)
                .text("vehicle_id", VehicleHealth::getVehicleId)
                .time("reported_at", VehicleHealth::getReportedAt)
                .number("odometer_km", VehicleHealth::getOdometerKm)
                .thousandths("battery.state_of_health", h -> h.getBattery().getStateOfHealth())
                .thousandths("battery.state_of_charge", h -> h.getBattery().getStateOfCharge())
                .thousandths("battery.temperature_c", h -> h.getBattery().getTemperatureC())
                .number("battery.cycles", h -> h.getBattery().getCycles())
                .thousandths(
                        "battery.cell_voltages[1]",
                        h -> h.getBattery().getCellVoltages().get(0))
                .text("tyres[3].\"position\"", h -> h.getTyres().get(2).getPosition())
                .number("tyres[3].pressure_kpa", h -> h.getTyres().get(2).getPressureKpa())
                .number("len(fault_codes)", h -> h.getFaultCodes().size())
                .flag("service_due", VehicleHealth::getServiceDue);
    }

    private static Columns<Review> ofReviews() {
        return new Columns<Review>()
                .text("review_id", Review::getReviewId)
                .text("product_id", Review::getProductId)
                .text("customer_id", Review::getCustomerId)
                .text("transaction_id", Review::getTransactionId)
                .number("rating", Review::getRating)
                .text("title", Review::getTitle)
                .text("\"text\"", Review::getText)
                .time("reviewed_at", Review::getReviewedAt);
    }
}
