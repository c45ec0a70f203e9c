package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Location;
import dev.firn.futuremobility.raw.Page;
import dev.firn.futuremobility.raw.Session;
import dev.firn.futuremobility.raw.UserAgent;
import dev.firn.generator.chance.Dice;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who comes to the shop, from where, with what. */
final class Arrivals {
    private static final double RETURNING = 0.6;
    private static final double BOTS = 0.02;
    private static final List<@Nullable String> REFERRERS =
            Arrays.asList(null, null, "https://www.search.example", "https://news.example", "https://social.example");
    private static final List<@Nullable String> CAMPAIGNS =
            Arrays.asList(null, null, null, "spring-range", "newsletter-11", "test-drive");

    private final Customers customers;
    private final Catalogue catalogue;
    private final HealthReports health;
    private final long seed;
    private final Dice dice;
    private long arrived;

    Arrivals(Customers customers, Catalogue catalogue, HealthReports health, Dice dice) {
        this.customers = customers;
        this.catalogue = catalogue;
        this.health = health;
        this.seed = dice.nextLong();
        this.dice = dice;
    }

    Arrival next(long seq, Instant now) {
        long number = ++arrived;
        boolean bot = dice.chance(BOTS);
        Account upset = bot ? null : health.complaint();
        Account account = upset == null ? visitor(bot, seq) : upset;
        Market market = account == null ? Market.draw(dice) : account.market();
        Place place = account == null ? dice.oneOf(market.places()) : account.place();
        Page entry = upset == null ? entry() : Site.HELP;
        return new Arrival(
                account == null ? Id.of('a', number, seed) : account.anonymousId(),
                account,
                upset != null,
                market,
                place,
                location(market, place),
                agent(bot),
                session(number, now, entry),
                entry,
                dice.oneOf(Site.EXPERIMENTS),
                dice.oneOf(Site.TAGS));
    }

    private @Nullable Account visitor(boolean bot, long seq) {
        return !bot && dice.chance(RETURNING) ? customers.draw(seq) : null;
    }

    private Page entry() {
        return dice.chance(0.4) ? catalogue.draw(dice).page() : dice.oneOf(Site.CONTENT);
    }

    private UserAgent agent(boolean bot) {
        return bot ? Site.BOT : Site.AGENTS.draw(dice);
    }

    private Session session(long number, Instant now, Page entry) {
        return new Session(
                Id.of('s', number, seed), now, entry.getPath(), dice.oneOf(REFERRERS), dice.oneOf(CAMPAIGNS));
    }

    private Location location(Market market, Place place) {
        String ip = dice.between(11, 99) + "." + dice.below(256) + "." + dice.below(256) + "." + dice.between(1, 254);
        return new Location(
                market.country(), place.region(), place.city(), near(place.latitude()), near(place.longitude()), ip);
    }

    /** Within about 10 km, to 4 digits. */
    private double near(double degrees) {
        return Math.round(degrees * 10_000) / 10_000.0 + dice.between(-900, 900) / 10_000.0;
    }
}
