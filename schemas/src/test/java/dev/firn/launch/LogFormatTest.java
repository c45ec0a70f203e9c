package dev.firn.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.config.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogFormatTest {
    @Test
    void shouldWriteOneObjectALineWhenJsonIsWanted() throws Exception {
        // When
        String line = logged("json", "Committed table=a.b\n\"quoted\"", new IOException("gone"));

        // Then
        assertThat(line).endsWith("\n").containsOnlyOnce("\n");
        JsonNode object = new ObjectMapper().readTree(line);
        assertThat(object.get("level").asText()).isEqualTo("INFO");
        assertThat(object.get("timestamp").asLong()).isPositive();
        assertThat(object.get("loggerName").asText()).isEqualTo("dev.firn.Sink");
        assertThat(object.get("formattedMessage").asText()).isEqualTo("Committed table=a.b\n\"quoted\"");
        assertThat(object.get("throwable").get("message").asText()).isEqualTo("gone");
    }

    @Test
    void shouldWriteTextWhenNothingElseIsWanted() throws Exception {
        assertThat(logged("text", "Committed table=a.b", null)).contains(" INFO ", " Sink - Committed table=a.b");
    }

    @Test
    void shouldRefuseTheFormatWhenItIsUnknownOrNotFromTheEnvironment() {
        assertThatThrownBy(() -> KnownKeys.checkLogFormat("xml", Map.of("FIRN_LOG_FORMAT", "xml")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'xml' is not one of [text, json]");
        assertThatThrownBy(() -> KnownKeys.checkLogFormat("json", Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("FIRN_LOG_FORMAT=json");
    }

    private static String logged(String format, String message, @Nullable Throwable failure) throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        String configuration = """
                <configuration>
                  <include resource="dev/firn/launch/log-%s.xml"/>
                  <root level="info"><appender-ref ref="CONSOLE"/></root>
                </configuration>
                """.formatted(format);
        configurator.doConfigure(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
        Logger logger = context.getLogger("dev.firn.Sink");
        OutputStreamAppender<ILoggingEvent> console = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
        byte[] line = console.getEncoder()
                .encode(new LoggingEvent(LogFormatTest.class.getName(), logger, Level.INFO, message, failure, null));
        context.stop();
        return new String(line, StandardCharsets.UTF_8);
    }
}
