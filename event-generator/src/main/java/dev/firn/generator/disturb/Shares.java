package dev.firn.generator.disturb;

/**
 * How much goes wrong.
 *
 * @param late share of activity that happened 10 to 50 minutes before it is sent
 * @param duplicates share of activity that is sent again
 * @param outOfOrder share of activity that happened up to 60 seconds before it is sent
 * @param broken share of all records that break a rule or a reference
 * @param undecodable share of all records that are not what their schema says, or nothing at all
 */
public record Shares(double late, double duplicates, double outOfOrder, double broken, double undecodable) {
    /** Nothing goes wrong. */
    public static final Shares NONE = new Shares(0, 0, 0, 0, 0);
}
