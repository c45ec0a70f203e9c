package dev.firn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.firn.config.ConfigurationException;
import dev.firn.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that wants to see our certificate, and whose own nobody else trusts. */
class RegistryTlsTest {
    private static final Secret PASSWORD = new Secret("s3cr3t-store");

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static KeyStoreFile registrys;
    private static KeyStoreFile ours;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        registrys = keyStore("registry");
        ours = keyStore("client");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(demanding(new Tls(ours, registrys).context()));
        server.createContext("/schemas/ids/1", exchange -> {
            byte[] answer = "{\"schema\": \"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void shouldAnswerWhenBothSidesShowCertificatesThatTheOtherTrusts() {
        // When
        Schema schema = registry(new Tls(registrys, ours)).byId(1);

        // Then
        assertThat(schema.getType()).isEqualTo(Schema.Type.STRING);
    }

    @Test
    void shouldReportAnOutageWhenTheRegistryIsNotTrusted() {
        // When, Then
        assertThatThrownBy(() -> registry(null).byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void shouldReportAnOutageWhenWeShowNoCertificate() {
        // When, Then
        assertThatThrownBy(() -> registry(new Tls(registrys, null)).byId(1))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void shouldNameTheFileAndNotThePasswordWhenAKeyStoreCanNotBeRead() {
        // Given
        Tls wrongPassword = new Tls(new KeyStoreFile(registrys.location(), new Secret("s3cr3t-wrong")), null);
        Tls missing = new Tls(new KeyStoreFile(folder.resolve("missing.p12"), PASSWORD), null);

        // When, Then
        assertThatThrownBy(() -> registry(wrongPassword))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("registry.p12")
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> registry(missing))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing.p12");
        assertThat(missing.toString()).doesNotContain("s3cr3t");
    }

    private static ConfluentRegistry registry(@Nullable Tls tls) {
        return new ConfluentRegistry(
                RegistryConfig.of("https://127.0.0.1:" + server.getAddress().getPort())
                        .withTls(tls)
                        .withRetries(new Retries(1, Duration.ZERO, Duration.ZERO)));
    }

    private static HttpsConfigurator demanding(SSLContext context) {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters demanding = context.getDefaultSSLParameters();
                demanding.setNeedClientAuth(true);
                parameters.setSSLParameters(demanding);
            }
        };
    }

    private static KeyStoreFile keyStore(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD.value());
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        return new KeyStoreFile(file, PASSWORD);
    }
}
