package dev.firn.generator.company;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A currency that the shop sells in, and how many of it the shop asks for one US dollar of list price. */
public enum Currency {
    USD("1.00"),
    EUR("0.92"),
    GBP("0.79"),
    CAD("1.36"),
    CHF("0.88"),
    SEK("10.40"),
    AUD("1.52"),
    CNY("7.20"),
    BRL("5.60");

    private final BigDecimal perDollar;

    Currency(String perDollar) {
        this.perDollar = new BigDecimal(perDollar);
    }

    /** The price in this currency, to the cent. */
    BigDecimal price(BigDecimal dollars) {
        return dollars.multiply(perDollar).setScale(2, RoundingMode.HALF_UP);
    }

    /** About what one unit is worth in US dollars. */
    BigDecimal inDollars() {
        return BigDecimal.ONE.divide(perDollar, 8, RoundingMode.HALF_UP);
    }
}
