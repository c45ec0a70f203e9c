package dev.firn.embedded;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands before an HTTP server, and lets requests meet faults. Bytes go through as they are, so that signatures stay valid. HTTP/1.1
 * without TLS; a request goes through on a connection of its own.
 */
public final class FaultyProxy implements Closeable {
    /** What a request meets. */
    public enum Fault {
        /** The connection is reset before the request is taken. */
        REFUSED(false, ""),
        /** It takes seconds. */
        SLOW(true, ""),
        /** No answer comes, ever; the connection stays. */
        HUNG(false, ""),
        ERROR(false, "500 Internal Server Error"),
        BAD_GATEWAY(false, "502 Bad Gateway"),
        UNAVAILABLE(false, "503 Service Unavailable"),
        CONFLICT(false, "409 Conflict"),
        TOO_MANY(false, "429 Too Many Requests"),
        /** Taken, and the connection is reset instead of an answer. */
        LOST_RESPONSE(true, ""),
        TAKEN_ERROR(true, ERROR.answer),
        TAKEN_BAD_GATEWAY(true, BAD_GATEWAY.answer),
        /** Which clients take for a refusal. */
        TAKEN_UNAVAILABLE(true, UNAVAILABLE.answer),
        TAKEN_TIMEOUT(true, "504 Gateway Timeout");

        private final boolean taken;
        private final String answer;

        Fault(boolean taken, String answer) {
            this.taken = taken;
            this.answer = answer;
        }

        /** Whether the server behind gets the request. */
        public boolean isTaken() {
            return taken;
        }
    }

    /** Decides for each request. Called by many threads. */
    @FunctionalInterface
    public interface Faults {
        /** The fault that a request meets, empty for none.
         *
         * @param target path and query
         */
        Optional<Fault> of(String method, String target);
    }

    private static final Duration SLOWNESS = Duration.ofSeconds(2);

    private final int upstream;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger struck = new AtomicInteger();
    private volatile Faults faults = (method, target) -> Optional.empty();

    private FaultyProxy(int upstream, ServerSocket server) {
        this.upstream = upstream;
        this.server = server;
    }

    /** Stands before the server at the endpoint, which is on this machine, on a port of its own. */
    public static FaultyProxy before(String endpoint) throws IOException {
        URI uri = URI.create(endpoint);
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        FaultyProxy proxy = new FaultyProxy(uri.getPort(), server);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    public String endpoint() {
        return "http://" + Loopback.ADDRESS + ":" + server.getLocalPort();
    }

    /** From now on. */
    public void inject(Faults injected) {
        faults = injected;
    }

    /** How many requests met a fault. */
    public int struck() {
        return struck.get();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            Message request = Message.read(in, client.getOutputStream());
            while (request != null && answered(client, request)) {
                request = Message.read(in, client.getOutputStream());
            }
        } catch (IOException e) {
            // the client, or the server behind, has gone: what a client sees of that is what it would see without the
            // proxy
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    /** Whether the connection can be used again. */
    private boolean answered(Socket client, Message request) throws IOException, InterruptedException {
        Fault fault = faults.of(request.method(), request.target()).orElse(null);
        if (fault == null) {
            forward(request).writeTo(client.getOutputStream());
            return true;
        }
        struck.incrementAndGet();
        if (fault == Fault.SLOW || fault == Fault.HUNG) {
            Thread.sleep(fault == Fault.SLOW ? SLOWNESS.toMillis() : Long.MAX_VALUE);
        }
        Optional<Message> answer = fault.isTaken() ? Optional.of(forward(request)) : Optional.empty();
        if (fault == Fault.SLOW && answer.isPresent()) {
            answer.get().writeTo(client.getOutputStream());
            return true;
        }
        if (fault.answer.isEmpty()) {
            reset(client);
        } else {
            client.getOutputStream().write(status(fault.answer));
        }
        return false;
    }

    private static byte[] status(String status) {
        return ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    /** The whole answer. */
    private Message forward(Message request) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            request.writeTo(server.getOutputStream());
            InputStream in = new BufferedInputStream(server.getInputStream());
            @Nullable Message answer = Message.readAnswer(in, request.method());
            if (answer == null) {
                throw new IOException("no answer");
            }
            return answer;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
