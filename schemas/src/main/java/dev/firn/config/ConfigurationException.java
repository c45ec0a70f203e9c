package dev.firn.config;

/** The configuration can't be used as it stands. The message names the key. */
public class ConfigurationException extends RuntimeException {
    public ConfigurationException(String message) {
        super(message);
    }
}
