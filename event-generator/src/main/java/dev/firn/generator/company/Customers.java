package dev.firn.generator.company;

import dev.firn.generator.chance.Dice;
import dev.firn.generator.chance.Zipf;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who has an account. New accounts wait until their record is announced, and then for {@value #MATURES_AFTER} more
 * events, before anything refers to them: by then the record is acknowledged, and if not, the child waits for it. The
 * number of accounts in use is bounded; past the bound a new one takes the place of another.
 */
final class Customers {
    static final int MATURES_AFTER = 1_000;
    private static final int MOST_NEW = 50_000;

    private final List<Account> usable = new ArrayList<>();
    private final Deque<Account> unannounced = new ArrayDeque<>();
    private final Deque<Account> maturing = new ArrayDeque<>();
    private final Registration registration;
    private final Zipf popularity;
    private final int capacity;
    private final Dice dice;

    Customers(int initial, double skew, Instant start, People people, Dice dice) {
        this.dice = dice;
        this.registration = new Registration(people, dice.split("registration"));
        this.capacity = initial + MOST_NEW;
        this.popularity = new Zipf(capacity, skew);
        for (int i = 0; i < initial; i++) {
            usable.add(longKnown(i, start));
        }
    }

    private Account longKnown(int number, Instant start) {
        Market market = Market.draw(dice);
        Instant created =
                start.minus(Duration.ofDays(dice.between(30, 1_000))).plus(Duration.ofSeconds(dice.below(86_400)));
        String anonymousId = String.format(Locale.ROOT, "v-%08d", number + 1);
        return registration.account(
                anonymousId, market, dice.oneOf(market.places()), dice.oneOf(Registration.TIERS), created);
    }

    /** Those that are there from the beginning. */
    List<Account> initial() {
        return List.copyOf(usable);
    }

    /** Someone whose record is long acknowledged; a few come often. */
    Account draw(long seq) {
        mature(seq);
        return usable.get(popularity.rank(usable.size(), dice));
    }

    /** Takes the form of a visitor; the account is of use once it has been announced and has matured. */
    Account signUp(String anonymousId, Market market, Place place, Instant now) {
        Account account = registration.account(anonymousId, market, place, "bronze", now);
        unannounced.add(account);
        return account;
    }

    /** The next account that no record has told of yet. Its record has to go out as {@code seq}. */
    @Nullable
    Account announce(long seq) {
        Account account = unannounced.poll();
        if (account != null) {
            account.announced(seq, seq + MATURES_AFTER);
            maturing.add(account);
        }
        return account;
    }

    /** Somebody moves, climbs a tier, or changes their mind about letters. */
    Account change(long seq, Instant now) {
        Account account = draw(seq);
        boolean moves = dice.chance(0.3);
        account.change(
                moves
                        ? registration.address(account.market(), account.place())
                        : account.record().getAddress(),
                dice.chance(0.3)
                        ? dice.oneOf(Registration.TIERS)
                        : account.record().getLoyaltyTier(),
                dice.chance(0.4) != account.record().getMarketingConsent(),
                now);
        return account;
    }

    private void mature(long seq) {
        while (!maturing.isEmpty() && maturing.getFirst().usable(seq)) {
            Account account = maturing.removeFirst();
            if (usable.size() < capacity) {
                usable.add(account);
            } else {
                usable.set(dice.below(capacity), account);
            }
        }
    }
}
