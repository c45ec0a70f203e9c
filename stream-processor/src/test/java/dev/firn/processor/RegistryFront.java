package dev.firn.processor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Stands before a registry, and can be away while the registry goes on for others. */
final class RegistryFront implements AutoCloseable {
    private final String registryUrl;
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private volatile boolean away;

    RegistryFront(String registryUrl) throws IOException {
        this.registryUrl = registryUrl;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void leave() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!away) {
                HttpResponse<byte[]> answer = client.send(request(exchange), HttpResponse.BodyHandlers.ofByteArray());
                exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(HttpExchange exchange) throws IOException {
        return HttpRequest.newBuilder(URI.create(registryUrl + exchange.getRequestURI()))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()))
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
