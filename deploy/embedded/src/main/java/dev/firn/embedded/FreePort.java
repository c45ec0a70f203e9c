package dev.firn.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds out, before a server starts, whether it will get its port. */
public final class FreePort {
    /** Below those that systems give to outgoing connections: one of these could take the port before the server does. */
    private static final int FIRST = 10_000;

    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /**
     * @param wanted a port, or 0 for any that is free
     * @throws PortInUseException if the wanted one is taken
     */
    static int of(String what, int wanted) throws IOException {
        return wanted == 0 ? any(what) : requireFree(what, wanted);
    }

    /** One that is free. */
    public static int any() throws IOException {
        return any("a server");
    }

    private static int any(String what) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try {
                return requireFree(what, port);
            } catch (PortInUseException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int requireFree(String what, int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return port;
        } catch (BindException e) {
            throw new PortInUseException(what, port, e);
        }
    }
}
