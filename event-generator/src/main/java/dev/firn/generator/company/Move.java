package dev.firn.generator.company;

import java.util.Locale;

/** What a visitor does next. All but {@link #LEAVE} are events, by these names. */
enum Move {
    PAGE_VIEW,
    PRODUCT_VIEW,
    SEARCH,
    CONFIGURE,
    ADD_TO_CART,
    REMOVE_FROM_CART,
    CHECKOUT,
    PURCHASE,
    LOGIN,
    SIGNUP,
    SUPPORT,
    LEAVE;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The event type. */
    String text() {
        return text;
    }
}
