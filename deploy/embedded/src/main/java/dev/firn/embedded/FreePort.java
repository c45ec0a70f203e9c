package dev.firn.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out, before a server starts, whether it will get its port. */
final class FreePort {
    private FreePort() {}

    /**
     * @param wanted a port, or 0 for any that is free
     * @throws PortInUseException if the wanted one is taken
     */
    static int of(String what, int wanted) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (java.net.BindException e) {
            throw new PortInUseException(what, wanted, e);
        }
    }
}
