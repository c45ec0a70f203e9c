package dev.firn.embedded;

import java.io.IOException;

/** A server can't have the port that was asked for. */
public final class PortInUseException extends IOException {
    PortInUseException(String what, int port, Throwable cause) {
        super("port " + port + " for " + what + " is in use: stop what uses it, or choose another", cause);
    }
}
