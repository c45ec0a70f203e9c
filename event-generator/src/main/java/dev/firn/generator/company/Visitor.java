package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Page;
import dev.firn.futuremobility.raw.User;
import dev.firn.generator.chance.Dice;
import dev.firn.generator.chance.Weighted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One session of somebody in the shop, with a memory of what they looked at and put into the cart. Who has something to
 * complain about does that first.
 *
 * <pre>
 * BROWSING -product_view-> LOOKING -add_to_cart-> CARTED -checkout-> PAYING -purchase (each line)-> gone
 *    ^_____page_view, search__|  ^__product_view_____|                 |- login, or signup and wait for the account
 * </pre>
 */
final class Visitor {
    private enum Mood {
        BROWSING,
        LOOKING,
        CARTED,
        PAYING,
        PAID
    }

    private static final int MOST_LINES = 4;
    private static final int MOST_PATIENCE = 12;

    private final Arrival arrival;
    private final List<Item> cart = new ArrayList<>();
    private @Nullable Account account;
    private User user;
    private Mood mood = Mood.BROWSING;
    private @Nullable Item item;
    private Page page;
    private boolean loggedIn;
    private boolean arrived;
    private boolean complains;
    private int paid;
    private int waited;

    Visitor(Arrival arrival) {
        this.arrival = arrival;
        this.page = arrival.entry();
        this.account = arrival.account();
        this.complains = arrival.complains();
        this.user = new User(null, arrival.anonymousId(), null);
    }

    Arrival arrival() {
        return arrival;
    }

    /** Who this is to the shop: anonymous until logged in. */
    User user() {
        return user;
    }

    /** The account that events of this visitor name, if they do. */
    @Nullable
    Account namedAccount() {
        return loggedIn ? account : null;
    }

    Page page() {
        return page;
    }

    /** What the last move was about, if about a product. */
    @Nullable
    Item item() {
        return item;
    }

    /** What has been paid for. */
    List<Item> bought() {
        return mood == Mood.PAID ? cart : List.of();
    }

    /** Signs up: from now on the visitor waits for the account to become usable. */
    void signedUp(Account newAccount) {
        account = newAccount;
    }

    /** Makes the next move and tells which it was. */
    Move next(long seq, Catalogue catalogue, Dice dice) {
        Move move = arrived ? wish(seq, dice) : Move.PAGE_VIEW;
        boolean entry = !arrived;
        arrived = true;
        if (!entry) {
            follow(move, catalogue, dice);
        }
        return move;
    }

    private Move wish(long seq, Dice dice) {
        return switch (mood) {
            case BROWSING ->
                complains ? complain(seq) : allowed(habits(Habits.BROWSING).draw(dice), seq);
            case LOOKING -> fitting(habits(Habits.LOOKING).draw(dice));
            case CARTED -> Habits.CARTED.draw(dice);
            case PAYING -> pay(seq);
            case PAID -> Move.LEAVE;
        };
    }

    private Move complain(long seq) {
        if (allowed(Move.LOGIN, seq) == Move.LOGIN) {
            return Move.LOGIN;
        }
        complains = false;
        return Move.SUPPORT;
    }

    private Weighted<Move> habits(Weighted<Move> ofPeople) {
        return arrival.agent().getIsBot() ? Habits.ROBOT : ofPeople;
    }

    private Move allowed(Move move, long seq) {
        boolean canLogIn = !loggedIn && account != null && account.usable(seq);
        return move == Move.LOGIN && !canLogIn ? Move.PAGE_VIEW : move;
    }

    private Move fitting(Move move) {
        if (move == Move.CONFIGURE && (item == null || !item.configurable())) {
            return Move.PRODUCT_VIEW;
        }
        return move == Move.ADD_TO_CART && cart.size() == MOST_LINES ? Move.CHECKOUT : move;
    }

    private Move pay(long seq) {
        if (loggedIn) {
            return Move.PURCHASE;
        }
        if (account == null) {
            return Move.SIGNUP;
        }
        if (account.usable(seq)) {
            return Move.LOGIN;
        }
        return waited++ < MOST_PATIENCE ? Move.PAGE_VIEW : Move.LEAVE;
    }

    private void follow(Move move, Catalogue catalogue, Dice dice) {
        switch (move) {
            case PAGE_VIEW -> go(mood == Mood.PAYING ? Site.CONFIRM : dice.oneOf(Site.CONTENT), null, idle());
            case SEARCH -> go(Site.SEARCH, null, idle());
            case SUPPORT -> go(Site.HELP, null, idle());
            case PRODUCT_VIEW -> look(catalogue.draw(dice));
            case CONFIGURE, ADD_TO_CART -> choose(move);
            case REMOVE_FROM_CART -> remove();
            case CHECKOUT -> go(Site.CHECKOUT, null, Mood.PAYING);
            case LOGIN -> logIn();
            case SIGNUP -> go(Site.SIGNUP, null, mood);
            case PURCHASE -> purchase();
            case LEAVE -> item = null;
        }
    }

    private Mood idle() {
        if (mood == Mood.PAYING) {
            return mood;
        }
        return cart.isEmpty() ? Mood.BROWSING : Mood.CARTED;
    }

    private void look(Item seen) {
        go(seen.page(), seen, Mood.LOOKING);
    }

    private void choose(Move move) {
        if (move == Move.ADD_TO_CART && item != null) {
            cart.add(item);
            mood = Mood.CARTED;
        }
    }

    private void remove() {
        Item removed = cart.remove(cart.size() - 1);
        go(Site.CART, removed, Mood.BROWSING);
        mood = idle();
    }

    private void logIn() {
        if (account != null) {
            loggedIn = true;
            user = new User(
                    account.id(), arrival.anonymousId(), account.record().getEmail());
        }
        go(Site.LOGIN, null, mood);
    }

    private void purchase() {
        Item line = cart.get(paid++);
        go(Site.THANKS, line, paid == cart.size() ? Mood.PAID : Mood.PAYING);
    }

    private void go(Page newPage, @Nullable Item newItem, Mood newMood) {
        page = newPage;
        item = newItem;
        mood = newMood;
    }
}
