package dev.firn.local.status;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.firn.local.CommandException;
import dev.firn.local.PortPlan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesTest {
    private HttpServer sink;
    private Services services;

    @BeforeEach
    void start() throws IOException {
        sink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sink.start();
        services = new Services(new PortPlan(sink.getAddress().getPort() - 3));
    }

    @AfterEach
    void stop() {
        sink.stop(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"_embedded\":{\"errors\":[{\"message\":\"no branch\"}]}} | the sink answers 409: no branch",
                "{\"other\":1} | the sink answers 409: {\"other\":1}",
                "down | the sink answers 409: down"
            })
    void shouldSayInWordsWhatIsWrongWhenTheSinkRefuses(String body, String said) {
        // Given
        sink.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(409, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });

        // When, Then
        assertThatThrownBy(() -> services.publish("bronze.orders", Optional.empty(), false))
                .isInstanceOf(CommandException.class)
                .hasMessage(said);
    }
}
