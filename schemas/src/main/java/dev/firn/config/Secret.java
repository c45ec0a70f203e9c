package dev.firn.config;

/** A password or token. It shows itself to nobody who only prints, logs or compares configurations. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
