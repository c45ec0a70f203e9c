package dev.firn.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is this machine, and nobody else's. */
final class Loopback {
    /** By name: what a name of a page's owner resolves to is the owner's choice. */
    private static final Pattern NAME =
            Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?", Pattern.CASE_INSENSITIVE);

    private Loopback() {}

    /** Whether a server that is bound to this host can be reached from this machine only. */
    static boolean isBoundBy(String host) {
        try {
            return !host.isEmpty() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether a browser that is told {@code HOST:PORT} asks this machine, whoever told it. */
    static boolean isNamedBy(@Nullable String authority) {
        return authority != null && NAME.matcher(authority).matches();
    }

    /** Whether a page of this origin comes from this machine. */
    static boolean isOrigin(String origin) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && isNamedBy(origin.substring(scheme + 3));
    }
}
