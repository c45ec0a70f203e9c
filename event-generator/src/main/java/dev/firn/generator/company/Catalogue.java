package dev.firn.generator.company;

import dev.firn.futuremobility.raw.VehicleSpec;
import dev.firn.generator.chance.Dice;
import dev.firn.generator.chance.Zipf;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the company sells. A few products get most of the attention. */
final class Catalogue {
    private static final List<Family> FAMILIES = List.of(
            new Family("charging", "Charging at home", "accessory", 35, 1_400),
            new Family("city", "City cars", "vehicle", 19_900, 32_000),
            new Family("interior", "Interior", "accessory", 15, 600),
            new Family("family", "Family cars", "vehicle", 34_000, 58_000),
            new Family("wheels", "Wheels and tyres", "accessory", 140, 2_600),
            new Family("care", "Care and repair", "service", 49, 1_900),
            new Family("sport", "Sports cars", "vehicle", 52_000, 85_000),
            new Family("tours", "Tours and trips", "accessory", 60, 1_200),
            new Family("plans", "Charging plans", "service", 9, 480));
    private static final List<String> DRIVETRAINS = List.of("rwd", "fwd", "awd");
    private static final List<String> LINES = List.of("Aster", "Boreal", "Cirrus", "Dune", "Ember", "Fjord", "Glacier");

    private final List<Item> items = new ArrayList<>();
    private final Zipf popularity;

    Catalogue(int size, double skew, Dice dice) {
        popularity = new Zipf(size, skew);
        for (int i = 0; i < size; i++) {
            items.add(item(i, FAMILIES.get(i % FAMILIES.size()), dice));
        }
    }

    List<Item> items() {
        return items;
    }

    Item draw(Dice dice) {
        return items.get(popularity.rank(items.size(), dice));
    }

    /** Changes the price of some product by up to a tenth, within the family's bounds. */
    Item reprice(Dice dice) {
        Item item = dice.oneOf(items);
        BigDecimal factor = BigDecimal.valueOf(dice.between(900, 1_100), 3);
        BigDecimal price = Currency.USD.price(item.listPrice().multiply(factor));
        item.reprice(price.min(BigDecimal.valueOf(90_000_00, 2)).max(BigDecimal.valueOf(5_00, 2)));
        return item;
    }

    private static Item item(int number, Family family, Dice dice) {
        String id = String.format(Locale.ROOT, "P-%05d", number + 1);
        String name = dice.oneOf(LINES) + " " + family.title() + " " + (number + 1);
        BigDecimal price = BigDecimal.valueOf(dice.within(family.cheapest() * 100L, family.dearest() * 100L), 2);
        return new Item(id, name, family, vehicle(name, family, dice), price);
    }

    private static @Nullable VehicleSpec vehicle(String name, Family family, Dice dice) {
        if (!family.isVehicle()) {
            return null;
        }
        int capacity = dice.between(40, 110);
        return new VehicleSpec(name, (double) capacity, capacity * dice.between(5, 7), dice.oneOf(DRIVETRAINS));
    }
}
