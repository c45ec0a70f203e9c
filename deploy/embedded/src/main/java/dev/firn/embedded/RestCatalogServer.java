package dev.firn.embedded;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.jspecify.annotations.Nullable;

/**
 * Another catalog over Iceberg's REST protocol: what it does is what Iceberg's own handlers do, this only speaks HTTP. It knows
 * namespaces and tables, no views and no multi-table transactions; it asks nobody who they are, and listens on loopback.
 */
public final class RestCatalogServer implements Closeable {
    private static final int THREADS = 16;
    private static final String SEPARATOR = "%1F";
    private static final ObjectMapper JSON = mapper();

    private static final Map<Class<? extends RuntimeException>, Integer> STATUSES = statuses();

    private final Catalog catalog;
    private final SupportsNamespaces namespaces;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final List<Route> routes;

    private <C extends Catalog & SupportsNamespaces> RestCatalogServer(C catalog, HttpServer server) {
        this.catalog = catalog;
        this.namespaces = catalog;
        this.server = server;
        this.routes =
                Stream.of(ofNamespaces(), ofTables()).flatMap(List::stream).toList();
    }

    /**
     * Serves the catalog, until it is closed. The catalog itself stays open.
     *
     * @param port 0 for any that is free
     * @throws PortInUseException if the port is taken
     */
    public static <C extends Catalog & SupportsNamespaces> RestCatalogServer serve(C catalog, int port)
            throws IOException {
        int free = FreePort.of("the catalog", port);
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), free), 0);
        var rest = new RestCatalogServer(catalog, server);
        server.createContext("/v1/", rest::answer);
        server.setExecutor(rest.threads);
        server.start();
        return rest;
    }

    /** The catalog's {@code uri}. */
    public String url() {
        return "http://" + Loopback.ADDRESS + ":" + server.getAddress().getPort();
    }

    private List<Route> ofNamespaces() {
        return List.of(
                route("GET", "config", (path, body) -> ConfigResponse.builder().build()),
                route(
                        "GET",
                        "namespaces",
                        (path, body) -> CatalogHandlers.listNamespaces(namespaces, Namespace.empty())),
                route(
                        "POST",
                        "namespaces",
                        (path, body) ->
                                CatalogHandlers.createNamespace(namespaces, read(body, CreateNamespaceRequest.class))),
                route(
                        "GET",
                        "namespaces/([^/]+)",
                        (path, body) -> CatalogHandlers.loadNamespace(namespaces, namespace(path))),
                route("DELETE", "namespaces/([^/]+)", (path, body) -> {
                    CatalogHandlers.dropNamespace(namespaces, namespace(path));
                    return null;
                }));
    }

    private List<Route> ofTables() {
        return List.of(
                route(
                        "GET",
                        "namespaces/([^/]+)/tables",
                        (path, body) -> CatalogHandlers.listTables(catalog, namespace(path))),
                route(
                        "POST",
                        "namespaces/([^/]+)/tables",
                        (path, body) -> create(namespace(path), read(body, CreateTableRequest.class))),
                route(
                        "POST",
                        "namespaces/([^/]+)/register",
                        (path, body) -> CatalogHandlers.registerTable(
                                catalog, namespace(path), read(body, RegisterTableRequest.class))),
                route(
                        "GET",
                        "namespaces/([^/]+)/tables/([^/]+)",
                        (path, body) -> CatalogHandlers.loadTable(catalog, table(path), SnapshotMode.ALL)),
                route(
                        "POST",
                        "namespaces/([^/]+)/tables/([^/]+)",
                        (path, body) -> CatalogHandlers.updateTable(
                                catalog, table(path), read(body, UpdateTableRequest.class))),
                route("DELETE", "namespaces/([^/]+)/tables/([^/]+)", (path, body) -> {
                    CatalogHandlers.dropTable(catalog, table(path));
                    return null;
                }),
                // what readers and writers report of themselves
                route("POST", "namespaces/([^/]+)/tables/([^/]+)/metrics", (path, body) -> null));
    }

    private LoadTableResponse create(Namespace namespace, CreateTableRequest request) {
        return request.stageCreate()
                ? CatalogHandlers.stageTableCreate(catalog, namespace, request)
                : CatalogHandlers.createTable(catalog, namespace, request);
    }

    @SuppressWarnings("IllegalCatch") // the top of a thread: whatever it is, the client is told
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                var answer = handled(exchange);
                send(exchange, answer == null ? 204 : 200, answer);
            } catch (RuntimeException e) {
                int status = STATUSES.entrySet().stream()
                        .filter(known -> known.getKey().isInstance(e))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(500);
                send(exchange, status, error(status, e));
            }
        }
    }

    private @Nullable Object handled(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath().substring("/v1/".length());
        for (Route route : routes) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(exchange.getRequestMethod()) && matcher.matches()) {
                return route.handler().answer(matcher.toMatchResult(), exchange.getRequestBody());
            }
        }
        throw new UnsupportedOperationException(exchange.getRequestMethod() + " " + path);
    }

    private static void send(HttpExchange exchange, int status, @Nullable Object answer) throws IOException {
        byte[] body = answer == null ? new byte[0] : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static ErrorResponse error(int status, RuntimeException e) {
        return ErrorResponse.builder()
                .responseCode(status)
                .withType(e.getClass().getSimpleName())
                .withMessage(String.valueOf(e.getMessage()))
                .build();
    }

    private static <T> T read(InputStream body, Class<T> type) throws IOException {
        return JSON.readValue(body, type);
    }

    private static Namespace namespace(MatchResult path) {
        return RESTUtil.decodeNamespaceAsPathSegment(path.group(1), SEPARATOR);
    }

    private static TableIdentifier table(MatchResult path) {
        return TableIdentifier.of(namespace(path), RESTUtil.decodePathSegment(path.group(2)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static ObjectMapper mapper() {
        var mapper = new ObjectMapper()
                .setVisibility(PropertyAccessor.FIELD, Visibility.ANY)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                .setPropertyNamingStrategy(new PropertyNamingStrategies.KebabCaseStrategy());
        RESTSerializers.registerAll(mapper);
        return mapper;
    }

    /** As the protocol has them; the first that fits. */
    private static Map<Class<? extends RuntimeException>, Integer> statuses() {
        var statuses = new LinkedHashMap<Class<? extends RuntimeException>, Integer>();
        statuses.put(NoSuchNamespaceException.class, 404);
        statuses.put(NoSuchTableException.class, 404);
        statuses.put(AlreadyExistsException.class, 409);
        statuses.put(CommitFailedException.class, 409);
        statuses.put(ValidationException.class, 400);
        statuses.put(IllegalArgumentException.class, 400);
        statuses.put(UnsupportedOperationException.class, 406);
        return statuses;
    }

    private static Route route(String method, String path, Handler handler) {
        return new Route(method, Pattern.compile(path), handler);
    }

    private record Route(String method, Pattern path, Handler handler) {}

    @FunctionalInterface
    private interface Handler {
        /** The answer, null for one without content. */
        @Nullable
        Object answer(MatchResult path, InputStream body) throws IOException;
    }
}
