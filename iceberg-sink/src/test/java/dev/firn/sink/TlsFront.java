package dev.firn.sink;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** Speaks TLS for a server that does not. Bytes go through as they are, so that signatures of requests stay valid. */
final class TlsFront implements Closeable {
    private static final int FIRST = 8192;

    private final int upstream;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(SSLContext tls, int upstream) throws IOException {
        this.upstream = upstream;
        this.server = tls.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
    }

    /** Stands before a port of this machine, on one that is free, until it is closed. */
    static TlsFront before(int upstream, SSLContext tls) throws IOException {
        var front = new TlsFront(tls, upstream);
        front.threads.execute(front::accept);
        return front;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The first bytes of each connection. */
    String heard() {
        return String.join("", heard);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                threads.execute(() -> join(client));
            } catch (IOException e) {
                // closed, or a client that went away
            }
        }
    }

    private void join(Socket client) {
        open.add(client);
        try (client;
                var behind = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            open.add(behind);
            threads.execute(() -> pump(behind, client));
            begin(client, behind);
            pump(client, behind);
        } catch (IOException e) {
            // one of them is gone, so the other is let go
        }
        open.remove(client);
    }

    private void begin(Socket client, Socket behind) throws IOException {
        byte[] bytes = new byte[FIRST];
        int read = client.getInputStream().read(bytes);
        if (read > 0) {
            heard.add(new String(bytes, 0, read, StandardCharsets.US_ASCII));
            behind.getOutputStream().write(bytes, 0, read);
        }
    }

    private void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // as above
        }
        open.remove(from);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
