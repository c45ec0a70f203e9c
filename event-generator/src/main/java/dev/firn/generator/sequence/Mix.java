package dev.firn.generator.sequence;

import dev.firn.generator.chance.Dice;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the events goes to each topic. Where a topic has nothing to tell when its turn comes, as vehicles that want
 * no charge, activity takes it. Vehicles and the fiscal calendar have no part of their own: they follow from sales and from
 * time.
 */
public final class Mix {
    private static final String SEPARATOR = ",";

    private final List<Topic> topics;
    /** For each of them, its part and those of all before it. */
    private final double[] upTo;

    private Mix(Map<Topic, Double> weights) {
        topics = List.copyOf(weights.keySet());
        upTo = new double[topics.size()];
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        double so = 0;
        for (int i = 0; i < upTo.length; i++) {
            so += weights.getOrDefault(topics.get(i), 0.0) / sum;
            upTo[i] = so;
        }
    }

    /** As the company does without being told. */
    public static Mix usual() {
        return new Mix(usualWeights());
    }

    /**
     * Reads weights like {@code transactions=20, reviews=0}; topics that are not named keep their usual one. The usual ones
     * sum up to 100.
     *
     * @throws IllegalArgumentException says what is wrong
     */
    public static Mix parse(String text) {
        Map<Topic, Double> weights = usualWeights();
        for (String part : text.isBlank() ? new String[0] : text.split(SEPARATOR, -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("'" + part.strip() + "' is not like reviews=2");
            }
            weights.put(
                    topic(part.substring(0, equals).strip()),
                    weight(part.substring(equals + 1).strip()));
        }
        if (weights.values().stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("some weight has to be above 0");
        }
        return new Mix(weights);
    }

    Topic draw(Dice dice) {
        double share = dice.fraction();
        for (int i = 0; i < upTo.length; i++) {
            if (share < upTo[i]) {
                return topics.get(i);
            }
        }
        return Topic.ACTIVITY;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mix mix && topics.equals(mix.topics) && Arrays.equals(upTo, mix.upTo);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(upTo);
    }

    @Override
    public String toString() {
        return topics + " up to " + Arrays.toString(upTo);
    }

    private static Map<Topic, Double> usualWeights() {
        return new EnumMap<>(Map.of(
                Topic.ACTIVITY, 80.0,
                Topic.TRANSACTIONS, 12.0,
                Topic.CUSTOMERS, 2.2,
                Topic.PRODUCTS, 0.6,
                // they change once a day, not here; but one may be spoiled at any time
                Topic.FX_RATES, 0.2,
                Topic.STATIONS, 0.2,
                Topic.CHARGING_SESSIONS, 1.5,
                Topic.VEHICLE_HEALTH, 2.5,
                Topic.REVIEWS, 0.8));
    }

    private static Topic topic(String name) {
        for (Topic topic : usualWeights().keySet()) {
            if (topic.name().toLowerCase(Locale.ROOT).equals(name)) {
                return topic;
            }
        }
        throw new IllegalArgumentException(
                "'" + name + "' is none of " + usualWeights().keySet());
    }

    private static double weight(String text) {
        try {
            double weight = Double.parseDouble(text);
            if (weight >= 0 && !Double.isInfinite(weight)) {
                return weight;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
        throw new IllegalArgumentException("'" + text + "' is not 0 or more");
    }
}
