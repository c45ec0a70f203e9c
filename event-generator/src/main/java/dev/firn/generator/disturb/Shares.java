package dev.firn.generator.disturb;

/**
 * How much goes wrong.
 *
 * @param late share of facts and updates that happened 10 to 50 minutes before they are sent
 * @param duplicates share of activity in whose place something is sent again: activity, a charging session, a report of a
 *     vehicle or a review
 * @param outOfOrder share of facts and updates that happened up to 60 seconds before they are sent
 * @param broken share of all records that break a rule or a reference
 * @param undecodable share of all records that are not what their schema says, or nothing at all
 */
public record Shares(double late, double duplicates, double outOfOrder, double broken, double undecodable) {
    /** Nothing goes wrong. */
    public static final Shares NONE = new Shares(0, 0, 0, 0, 0);
}
