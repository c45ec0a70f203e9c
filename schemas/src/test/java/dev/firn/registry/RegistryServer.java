package dev.firn.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The Confluent REST API over an {@link InMemoryRegistry}, and any fault on request. */
final class RegistryServer implements AutoCloseable {
    /** Something that goes wrong, in place of an answer. */
    interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static final Pattern VERSIONS = Pattern.compile("/subjects/([^/]+)/versions(?:/(\\w+))?");
    private static final Pattern SUBJECT = Pattern.compile("/subjects/([^/]+)");
    private static final Pattern COMPATIBLE = Pattern.compile("/compatibility/subjects/([^/]+)/versions");
    private static final Pattern CONFIG = Pattern.compile("/config/([^/]+)");
    private static final Pattern ID = Pattern.compile("/schemas/ids/(\\d+)");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    RegistryServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    InMemoryRegistry registry() {
        return registry;
    }

    /** The next request gets this instead of an answer, the one after it the next fault. */
    RegistryServer failNext(Fault... next) {
        faults.addAll(List.of(next));
        return this;
    }

    /** Method and path of each request so far. */
    List<String> requests() {
        return requests;
    }

    static Fault status(int status, String body) {
        return exchange -> respond(exchange, status, body);
    }

    static Fault hangUp() {
        return HttpExchange::close;
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath());
        Fault fault = faults.poll();
        if (fault != null) {
            fault.answer(exchange);
            return;
        }
        try {
            respond(exchange, 200, answer(exchange).toString());
        } catch (UnknownSchemaException e) {
            respond(exchange, 404, "{\"error_code\": 40403, \"message\": \"not there\"}");
        } catch (IncompatibleSchemaException e) {
            respond(exchange, 409, "{\"error_code\": 409, \"message\": \"incompatible\"}");
        }
    }

    private JsonNode answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        JsonNode body = json.readTree(exchange.getRequestBody());
        Matcher match = ID.matcher(path);
        if (match.matches()) {
            return schema(registry.byId(Integer.parseInt(match.group(1))));
        }
        match = COMPATIBLE.matcher(path);
        if (match.matches()) {
            return object().put("is_compatible", registry.isCompatible(subject(match), schema(body)));
        }
        match = CONFIG.matcher(path);
        if (match.matches()) {
            registry.setCompatibility(
                    subject(match),
                    Compatibility.valueOf(body.path("compatibility").asText()));
            return body;
        }
        match = SUBJECT.matcher(path);
        if (match.matches()) {
            return object().put("id", registry.idOf(subject(match), schema(body)));
        }
        match = VERSIONS.matcher(path);
        if (!match.matches()) {
            throw new IllegalStateException("no such path: " + path);
        }
        return exchange.getRequestMethod().equals("POST")
                ? object().put("id", registry.register(subject(match), schema(body)))
                : version(subject(match), match.group(2));
    }

    private JsonNode version(String subject, String version) {
        RegisteredSchema found = version.equals("latest")
                ? registry.latest(subject)
                : registry.version(subject, Integer.parseInt(version));
        return schema(found.schema())
                .put("subject", subject)
                .put("version", found.version())
                .put("id", found.id());
    }

    private ObjectNode object() {
        return json.createObjectNode();
    }

    private ObjectNode schema(Schema schema) {
        return object().put("schema", schema.toString());
    }

    private static Schema schema(JsonNode body) {
        return new Schema.Parser().parse(body.path("schema").asText());
    }

    private static String subject(Matcher match) {
        return URLDecoder.decode(match.group(1), StandardCharsets.UTF_8);
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
