package dev.firn.generator.company;

import dev.firn.generator.chance.Dice;
import dev.firn.generator.chance.Weighted;
import java.util.List;

/**
 * A country that the company sells to.
 *
 * @param country ISO 3166-1 alpha-2
 * @param territory NA, EMEA, APAC or LATAM
 */
record Market(String country, String territory, Currency currency, List<Place> places) {
    private static final Weighted<Market> ALL = new Weighted<Market>()
            .add(
                    30,
                    market(
                            "US",
                            "NA",
                            Currency.USD,
                            at("Austin", "Texas", 30.2672, -97.7431),
                            at("Seattle", "Washington", 47.6062, -122.3321),
                            at("Denver", "Colorado", 39.7392, -104.9903)))
            .add(
                    7,
                    market(
                            "CA",
                            "NA",
                            Currency.CAD,
                            at("Toronto", "Ontario", 43.6532, -79.3832),
                            at("Vancouver", "British Columbia", 49.2827, -123.1207)))
            .add(
                    14,
                    market(
                            "DE",
                            "EMEA",
                            Currency.EUR,
                            at("Berlin", "Berlin", 52.5200, 13.4050),
                            at("Hamburg", "Hamburg", 53.5511, 9.9937),
                            at("Stuttgart", "Baden-Wuerttemberg", 48.7758, 9.1829)))
            .add(
                    9,
                    market(
                            "GB",
                            "EMEA",
                            Currency.GBP,
                            at("London", "England", 51.5072, -0.1276),
                            at("Leeds", "England", 53.8008, -1.5491)))
            .add(
                    8,
                    market(
                            "FR",
                            "EMEA",
                            Currency.EUR,
                            at("Lyon", "Auvergne-Rhone-Alpes", 45.7640, 4.8357),
                            at("Nantes", "Pays de la Loire", 47.2184, -1.5536)))
            .add(6, market("NL", "EMEA", Currency.EUR, at("Utrecht", "Utrecht", 52.0907, 5.1214)))
            .add(4, market("CH", "EMEA", Currency.CHF, at("Bern", "Bern", 46.9480, 7.4474)))
            .add(6, market("SE", "EMEA", Currency.SEK, at("Gothenburg", "Vastra Gotaland", 57.7089, 11.9746)))
            .add(6, market("AU", "APAC", Currency.AUD, at("Melbourne", "Victoria", -37.8136, 144.9631)))
            .add(5, market("CN", "APAC", Currency.CNY, at("Hangzhou", "Zhejiang", 30.2741, 120.1551)))
            .add(5, market("BR", "LATAM", Currency.BRL, at("Curitiba", "Parana", -25.4284, -49.2733)));

    static Market draw(Dice dice) {
        return ALL.draw(dice);
    }

    static List<Market> all() {
        return ALL.choices();
    }

    private static Market market(String country, String territory, Currency currency, Place... places) {
        return new Market(country, territory, currency, List.of(places));
    }

    private static Place at(String city, String region, double latitude, double longitude) {
        return new Place(city, region, latitude, longitude);
    }
}
