package dev.firn.generator.config;

import dev.firn.config.ConfigurationException;

/** Refuses values by the name of their key. */
final class Check {
    private Check() {}

    static void share(String key, double value) {
        that(value >= 0 && value <= 1, key, "from 0 to 1", value);
    }

    static void that(boolean condition, String key, String wanted, Object value) {
        if (!condition) {
            throw new ConfigurationException("firn.generator." + key + ": must be " + wanted + ", is " + value);
        }
    }
}
