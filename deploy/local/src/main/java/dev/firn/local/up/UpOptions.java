package dev.firn.local.up;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user wants.
 *
 * @param rate events per second; 0: as many as possible
 * @param events how many, if there is an end
 * @param time how long, if there is an end
 */
public record UpOptions(
        Settings settings, long rate, Optional<Long> events, Optional<Duration> time, boolean fresh, boolean verify) {

    /** Whether it ends by itself. */
    boolean ends() {
        return events.isPresent() || time.isPresent();
    }

    /**
     * The generator's environment.
     *
     * @param settings the ones that hold for the data directory
     */
    public Map<String, String> generator(Settings settings, String truthFile) {
        var environment = new TreeMap<String, String>();
        environment.put("FIRN_GENERATOR_RATE", Long.toString(rate));
        environment.put("FIRN_GENERATOR_TRUTH_FILE", truthFile);
        events.ifPresent(count -> environment.put("FIRN_GENERATOR_EVENTS", count.toString()));
        settings.values().forEach((option, value) -> put(environment, option, value));
        return environment;
    }

    private static void put(Map<String, String> environment, String option, String value) {
        if (option.equals("--broken")) {
            var half = Double.toString(Double.parseDouble(value) / 2);
            environment.put("FIRN_GENERATOR_BROKEN", half);
            environment.put("FIRN_GENERATOR_UNDECODABLE", half);
        } else {
            environment.put("FIRN_GENERATOR_" + option.substring(2).toUpperCase(java.util.Locale.ROOT), value);
        }
    }
}
