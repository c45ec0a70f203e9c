package dev.firn.generator.company;

import dev.firn.generator.chance.Dice;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.datafaker.Faker;

/** Names and addresses to draw from. Made once: the faker is far too slow to be asked per event. */
record People(List<String> firstNames, List<String> lastNames, List<String> streets, List<String> companies) {
    static People of(Dice dice) {
        Faker faker = new Faker(Locale.US, new Random(dice.nextLong()));
        return new People(
                many(400, () -> faker.name().firstName()),
                many(400, () -> faker.name().lastName()),
                many(300, () -> faker.address().streetAddress()),
                many(100, () -> faker.company().name()));
    }

    private static List<String> many(int count, Supplier<String> name) {
        return Stream.generate(name).limit(count).toList();
    }
}
