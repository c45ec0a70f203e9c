package dev.firn.generator.company;

import dev.firn.generator.chance.Weighted;

/** What visitors tend to do next, by where they are. */
final class Habits {
    static final Weighted<Move> BROWSING = new Weighted<Move>()
            .add(24, Move.PAGE_VIEW)
            .add(14, Move.SEARCH)
            .add(46, Move.PRODUCT_VIEW)
            .add(4, Move.LOGIN)
            .add(2, Move.SUPPORT)
            .add(10, Move.LEAVE);
    static final Weighted<Move> LOOKING = new Weighted<Move>()
            .add(32, Move.PRODUCT_VIEW)
            .add(12, Move.CONFIGURE)
            .add(24, Move.ADD_TO_CART)
            .add(16, Move.PAGE_VIEW)
            .add(16, Move.LEAVE);
    static final Weighted<Move> CARTED = new Weighted<Move>()
            .add(8, Move.REMOVE_FROM_CART)
            .add(26, Move.PRODUCT_VIEW)
            .add(52, Move.CHECKOUT)
            .add(8, Move.PAGE_VIEW)
            .add(6, Move.LEAVE);
    static final Weighted<Move> ROBOT = new Weighted<Move>()
            .add(20, Move.PAGE_VIEW)
            .add(70, Move.PRODUCT_VIEW)
            .add(2, Move.LEAVE);

    private Habits() {}
}
