package dev.firn.generator.truth;

import dev.firn.futuremobility.raw.Customer;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.Station;
import dev.firn.futuremobility.raw.Vehicle;
import dev.firn.futuremobility.raw.VehicleSpec;
import dev.firn.generator.sequence.Event;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Map<String, Product> models = new HashMap<>();
    private final Dimension<Owned> vehicles = new Dimension<>(
            "vehicle",
            v -> v.vehicle().getVehicleId(),
            v -> v.vehicle().getUpdatedAt(),
            Dimensions::visible,
            ofVehicles());

    /** A vehicle and the product that it is one of. */
    private record Owned(Vehicle vehicle, Product product) {}

    /** Takes in a valid update. */
    void add(Event event) {
        switch (event.topic()) {
            case CUSTOMERS -> customers.add((Customer) event.record());
            case PRODUCTS -> {
                Product product = (Product) event.record();
                models.put(product.getProductId(), product);
                products.add(product);
            }
            case VEHICLES -> {
                Vehicle vehicle = (Vehicle) event.record();
                Product product = Objects.requireNonNull(models.get(vehicle.getProductId()), "sent before");
                vehicles.add(new Owned(vehicle, product));
            }
            case STATIONS -> stations.add((Station) event.record());
            default -> throw new IllegalArgumentException("no dimension of " + event.topic());
        }
    }

    List<Expectation> expectations() {
        return Stream.of(customers, products, stations, vehicles)
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

    private static List<?> visible(Owned v) {
        return Arrays.asList(
                v.vehicle().getProductId(),
                v.vehicle().getCustomerId(),
                v.vehicle().getColour(),
                v.vehicle().getBuiltOn(),
                v.vehicle().getSoldAt(),
                v.vehicle().getStatus(),
                v.product().getName(),
                v.product().getFamily());
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

    private static Columns<Owned> ofVehicles() {
        return new Columns<Owned>()
                .text("vehicle_id", v -> v.vehicle().getVehicleId())
                .text("product_id", v -> v.vehicle().getProductId())
                .text("customer_id", v -> v.vehicle().getCustomerId())
                .text("colour", v -> v.vehicle().getColour())
                .text("built_on", v -> v.vehicle().getBuiltOn().toString())
                .time("sold_at", v -> v.vehicle().getSoldAt())
                .text("status", v -> v.vehicle().getStatus())
                .text("product_name", v -> v.product().getName())
                .text("product_family", v -> v.product().getFamily())
                .text("model", v -> of(v.product().getVehicle(), VehicleSpec::getModel));
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
