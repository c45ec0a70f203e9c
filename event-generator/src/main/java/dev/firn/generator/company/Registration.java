package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Address;
import dev.firn.futuremobility.raw.Customer;
import dev.firn.generator.chance.Dice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Fills in the form of a new customer. */
final class Registration {
    static final List<String> TIERS = List.of("bronze", "silver", "gold", "platinum");

    private final People people;
    private final Dice dice;
    private long registered;

    Registration(People people, Dice dice) {
        this.people = people;
        this.dice = dice;
    }

    Account account(String anonymousId, Market market, Place place, String tier, Instant created) {
        long number = ++registered;
        String first = dice.oneOf(people.firstNames());
        String last = dice.oneOf(people.lastNames());
        Customer customer = new Customer(
                String.format(Locale.ROOT, "C-%08d", number),
                first,
                last,
                letters(first) + "." + letters(last) + number + "@mail.example.com",
                dice.chance(0.7) ? "+1-555-" + dice.between(1_000_000, 9_999_999) : null,
                dice.chance(0.15) ? dice.oneOf(people.companies()) : null,
                address(market, place),
                tier,
                dice.chance(0.4),
                created,
                created);
        return new Account(anonymousId, market, place, customer);
    }

    Address address(Market market, Place place) {
        return new Address(
                dice.oneOf(people.streets()),
                dice.chance(0.2) ? "Unit " + dice.between(1, 99) : null,
                place.city(),
                market.territory().equals("NA") ? place.region() : null,
                Integer.toString(dice.between(10_000, 99_999)),
                market.country());
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                letters.append(c);
            }
        }
        return letters.toString();
    }
}
