package dev.firn.local.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The SQL engine of {@code firn up}: answers what {@code firn query} does, to who speaks the part of Trino's protocol that asking needs:
 * {@code POST /v1/statement}, {@code GET} and {@code DELETE} of its {@code nextUri}. A process of its own, so that no question takes
 * anything from ingestion but processor time, and of that at most half. Heard on this machine only; pages of other sites in its browser are
 * refused, since they can't send the protocol's headers, or name this machine otherwise.
 */
public final class QueryServer implements AutoCloseable {
    private static final String PATH = "/v1/statement";
    private static final String USER = "X-Trino-User";
    private static final int AT_A_TIME = 2;
    private static final int MOST = 16;
    private static final int LONGEST = 100_000;
    private static final long WAIT_MILLIS = 500;
    private static final long BEAT_MILLIS = 100;

    private final Path dataDir;
    private final HttpServer http;
    private final Map<String, AskedQuery> asked = new ConcurrentHashMap<>();
    private final ExecutorService requests = Executors.newCachedThreadPool();
    private final ExecutorService queries = Executors.newFixedThreadPool(AT_A_TIME);
    private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();

    private QueryServer(Path dataDir, HttpServer http) {
        this.dataDir = dataDir;
        this.http = http;
    }

    public static void main(String[] args) throws IOException {
        start(Path.of(args[0]), Integer.parseInt(args[1]));
    }

    /** @param port 0 for any */
    static QueryServer start(Path dataDir, int port) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        QueryServer server = new QueryServer(dataDir, http);
        http.createContext(PATH, server::answer);
        http.createContext("/health", QueryServer::healthy);
        http.setExecutor(server.requests);
        http.start();
        var unused = server.beat.scheduleWithFixedDelay(server::tidy, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        return server;
    }

    int port() {
        return http.getAddress().getPort();
    }

    private void tidy() {
        asked.values().forEach(AskedQuery::endIfUnwanted);
        asked.values().removeIf(query -> query.isUnwanted() && query.isOver());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String id = path.substring(Math.min(path.length(), PATH.length() + 1));
            switch (exchange.getRequestMethod()) {
                case "POST" -> begin(exchange);
                case "GET" -> look(exchange, id);
                case "DELETE" -> drop(exchange, id);
                default -> exchange.sendResponseHeaders(405, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void healthy(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void begin(HttpExchange exchange) throws IOException {
        if (!isOurs(exchange) || !exchange.getRequestHeaders().containsKey(USER)) {
            exchange.sendResponseHeaders(403, -1);
        } else if (asked.size() >= MOST) {
            exchange.sendResponseHeaders(429, -1);
        } else {
            String sql = new String(exchange.getRequestBody().readNBytes(LONGEST), UTF_8);
            String id = UUID.randomUUID().toString();
            AskedQuery query = new AskedQuery(dataDir, sql);
            asked.put(id, query);
            queries.execute(query);
            send(exchange, QueryPage.running(id, place(id)));
        }
    }

    private void look(HttpExchange exchange, String id) throws IOException, InterruptedException {
        AskedQuery query = asked.get(id);
        if (query == null || !isOurs(exchange)) {
            exchange.sendResponseHeaders(404, -1);
        } else if (query.isOverWithin(WAIT_MILLIS)) {
            query.drop();
            send(exchange, QueryPage.of(id, query));
        } else {
            send(exchange, QueryPage.running(id, place(id)));
        }
    }

    private void drop(HttpExchange exchange, String id) throws IOException {
        AskedQuery query = asked.get(id);
        if (query != null) {
            query.drop();
        }
        exchange.sendResponseHeaders(204, -1);
    }

    private boolean isOurs(HttpExchange exchange) {
        String host = String.valueOf(exchange.getRequestHeaders().getFirst("Host"));
        return host.equals("127.0.0.1:" + port()) || host.equals("localhost:" + port());
    }

    private String place(String id) {
        return "http://127.0.0.1:" + port() + PATH + "/" + id;
    }

    private static void send(HttpExchange exchange, QueryPage page) throws IOException {
        byte[] body = page.bytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        http.stop(0);
        beat.shutdownNow();
        queries.shutdownNow();
        requests.shutdownNow();
    }
}
