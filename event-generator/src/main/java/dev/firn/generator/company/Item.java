package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Page;
import dev.firn.futuremobility.raw.Product;
import dev.firn.futuremobility.raw.VehicleSpec;
import dev.firn.futuremobility.raw.ViewedProduct;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A product of the catalogue, at today's price. */
final class Item {
    private final String id;
    private final String name;
    private final Family family;
    private final @Nullable VehicleSpec vehicle;
    private final Page page;
    private final Map<Currency, ViewedProduct> offers = new EnumMap<>(Currency.class);
    private BigDecimal listPrice;

    Item(String id, String name, Family family, @Nullable VehicleSpec vehicle, BigDecimal listPrice) {
        this.id = id;
        this.name = name;
        this.family = family;
        this.vehicle = vehicle;
        this.listPrice = listPrice;
        this.page = Site.page("/shop/" + family.code() + "/" + id, name);
    }

    String id() {
        return id;
    }

    Page page() {
        return page;
    }

    VehicleSpec spec() {
        if (vehicle == null) {
            throw new IllegalStateException(id + " is no vehicle");
        }
        return vehicle;
    }

    boolean configurable() {
        return vehicle != null;
    }

    BigDecimal listPrice() {
        return listPrice;
    }

    void reprice(BigDecimal price) {
        listPrice = price;
        offers.clear();
    }

    /** What the shop shows to a visitor who pays in the currency. */
    ViewedProduct offer(Currency currency) {
        return offers.computeIfAbsent(currency, c -> new ViewedProduct(id, c.price(listPrice), c.name()));
    }

    Product record(Instant now) {
        return new Product(
                id, name, family.code(), family.title(), family.kind(), listPrice, Currency.USD.name(), vehicle, now);
    }
}
