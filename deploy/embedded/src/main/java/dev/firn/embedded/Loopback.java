package dev.firn.embedded;

/** The only address that anything here listens on. */
final class Loopback {
    static final String ADDRESS = "127.0.0.1";

    private Loopback() {}
}
