package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Connector;
import dev.firn.futuremobility.raw.StationLocation;
import dev.firn.generator.chance.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The charging network: some stations in every city that the company sells to. */
final class Network {
    private static final List<String> STREETS =
            List.of("North", "Harbour", "Station Square", "Airport", "Market Hall", "Ring Road", "Old Town");
    private static final List<String> FAST = List.of("ccs", "ccs", "nacs", "chademo");

    private final List<Charger> chargers = new ArrayList<>();
    private final Map<Place, List<Charger>> byPlace = new HashMap<>();

    Network(Dice dice) {
        for (Market market : Market.all()) {
            for (Place place : market.places()) {
                build(market, place, dice);
            }
        }
    }

    List<Charger> chargers() {
        return chargers;
    }

    /** The stations of the city. */
    List<Charger> in(Place place) {
        return byPlace.getOrDefault(place, chargers);
    }

    /** Some station closes for repair, or is open again. */
    Charger change(Dice dice) {
        Charger charger = dice.oneOf(chargers);
        charger.status(charger.open() && dice.chance(0.5) ? "maintenance" : "open");
        return charger;
    }

    private void build(Market market, Place place, Dice dice) {
        List<Charger> here = new ArrayList<>();
        int count = dice.between(3, STREETS.size());
        for (int i = 0; i < count; i++) {
            String id = String.format(Locale.ROOT, "S-%04d", chargers.size() + 1);
            StationLocation location = new StationLocation(
                    market.country(),
                    place.region(),
                    place.city(),
                    near(place.latitude(), dice),
                    near(place.longitude(), dice));
            Charger charger = new Charger(id, place.city() + " " + STREETS.get(i), location, connectors(id, dice));
            chargers.add(charger);
            here.add(charger);
        }
        byPlace.put(place, here);
    }

    private static List<Connector> connectors(String station, Dice dice) {
        List<Connector> connectors = new ArrayList<>();
        int count = dice.between(2, 8);
        for (int i = 1; i <= count; i++) {
            boolean fast = dice.chance(0.7);
            connectors.add(new Connector(
                    station + "-" + i,
                    fast ? dice.oneOf(FAST) : "type2",
                    fast ? dice.oneOf(List.of(50, 150, 300)) : dice.oneOf(List.of(11, 22))));
        }
        return List.copyOf(connectors);
    }

    /** Within about 10 km, to 4 digits. */
    private static double near(double degrees, Dice dice) {
        return Math.round(degrees * 10_000 + dice.between(-900, 900)) / 10_000.0;
    }
}
