package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.VehicleSpec;
import dev.firn.generator.sequence.Event;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code silver.dim_*}. What is personal is compared as the tables show it. */
final class Dimensions {
    private final Dimension<Customer> customers = new Dimension<>(
            "customer", Customer::getCustomerId, Customer::getUpdatedAt, Dimensions::visible, ofCustomers());
    private final Dimension<Product> products =
            new Dimension<>("product", Product::getProductId, Product::getUpdatedAt, Dimensions::visible, ofProducts());
    private final Dimension<Station> stations =
            new Dimension<>("station", Station::getStationId, Station::getUpdatedAt, Dimensions::visible, ofStations());

    /** Takes in a valid update. */
    void add(Event event) {
        switch (event.topic()) {
            case CUSTOMERS -> customers.add((Customer) event.record());
            case PRODUCTS -> products.add((Product) event.record());
            case STATIONS -> stations.add((Station) event.record());
            default -> throw new IllegalArgumentException("no dimension of " + event.topic());
        }
    }

    List<Expectation> expectations() {
        return Stream.of(customers, products, stations)
                .flatMap(dimension -> dimension.expectations().stream())
                .toList();
    }

    private static List<?> visible(Customer c) {
        return Arrays.asList(
                masked(c.getFirstName()),
                masked(c.getLastName()),
                // hashed: the same where it is the same
                c.getEmail(),
                masked(c.getPhone()),
                masked(c.getCompany()),
                masked(c.getAddress().getCity()),
                masked(c.getAddress().getState()),
                masked(c.getAddress().getPostalCode()),
                c.getAddress().getCountry(),
                c.getLoyaltyTier(),
                c.getMarketingConsent(),
                c.getCreatedAt());
    }

    private static List<?> visible(Product p) {
        return Arrays.asList(
                p.getName(),
                p.getFamily(),
                p.getFamilyName(),
                p.getKind(),
                p.getListPrice(),
                p.getCurrency(),
                p.getVehicle());
    }

    private static List<?> visible(Station s) {
        return List.of(s.getName(), s.getLocation(), s.getConnectors(), s.getCapacity(), s.getStatus());
    }

    private static Columns<Customer> ofCustomers() {
        return new Columns<Customer>()
                .text("customer_id", Customer::getCustomerId)
                .text("first_name", c -> masked(c.getFirstName()))
                .text("last_name", c -> masked(c.getLastName()))
                .text("phone", c -> masked(c.getPhone()))
                .text("company", c -> masked(c.getCompany()))
                .text("address_city", c -> masked(c.getAddress().getCity()))
                .text("address_state", c -> masked(c.getAddress().getState()))
                .text("address_postal_code", c -> masked(c.getAddress().getPostalCode()))
                .text("address_country", c -> c.getAddress().getCountry())
                .text("loyalty_tier", Customer::getLoyaltyTier)
                .flag("marketing_consent", Customer::getMarketingConsent)
                .time("created_at", Customer::getCreatedAt);
    }

    private static Columns<Product> ofProducts() {
        return new Columns<Product>()
                .text("product_id", Product::getProductId)
                .text("name", Product::getName)
                .text("family", Product::getFamily)
                .text("family_name", Product::getFamilyName)
                .text("kind", Product::getKind)
                .decimal("list_price", Product::getListPrice)
                .text("currency", Product::getCurrency)
                .text("vehicle_model", p -> of(p.getVehicle(), VehicleSpec::getModel))
                .thousandths(
                        "vehicle_battery_capacity_kwh", p -> of(p.getVehicle(), VehicleSpec::getBatteryCapacityKwh))
                .text("vehicle_range_km", p -> of(p.getVehicle(), spec -> Integer.toString(spec.getRangeKm())))
                .text("vehicle_drivetrain", p -> of(p.getVehicle(), VehicleSpec::getDrivetrain));
    }

    private static Columns<Station> ofStations() {
        return new Columns<Station>()
                .text("station_id", Station::getStationId)
                .text("name", Station::getName)
                .text("location_country", s -> s.getLocation().getCountry())
                .text("location_region", s -> s.getLocation().getRegion())
                .text("location_city", s -> s.getLocation().getCity())
                .text(degrees("location_latitude"), s -> digits(s.getLocation().getLatitude()))
                .text(degrees("location_longitude"), s -> digits(s.getLocation().getLongitude()))
                .number("len(connectors)", s -> s.getConnectors().size())
                .number("capacity", Station::getCapacity)
                .text("status", Station::getStatus);
    }

    private static <R> @Nullable R of(@Nullable VehicleSpec spec, Function<VehicleSpec, R> what) {
        return spec == null ? null : what.apply(spec);
    }

    /** They have four digits behind the point. */
    private static String degrees(String column) {
        return "CAST(round(" + column + " * 10000) AS BIGINT)";
    }

    private static String digits(double degrees) {
        return Long.toString(Math.round(degrees * 10_000));
    }

    /** Every letter and digit becomes a star. */
    private static @Nullable String masked(@Nullable String text) {
        return text == null ? null : text.replaceAll("[\\p{L}\\p{Nd}]", "*");
    }
}
