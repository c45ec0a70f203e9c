package dev.firn.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.jspecify.annotations.Nullable;

/** An S3 server over a folder, a bucket a subfolder. It can be stopped and started again. */
public final class S3Server implements AutoCloseable {
    static final String ACCESS_KEY = "firn-local";
    static final String SECRET_KEY = "firn-local-only";

    private final Path folder;
    private final int port;
    private @Nullable S3Proxy server;

    S3Server(Path folder, int port) throws IOException {
        this.folder = Files.createDirectories(folder).toAbsolutePath();
        this.port = FreePort.of("S3", port);
    }

    public String endpoint() {
        return "http://" + Loopback.ADDRESS + ":" + port;
    }

    /** Makes the bucket if it is not there. */
    public void createBucket(String name) throws IOException {
        Files.createDirectories(folder.resolve(name));
    }

    /** Returns when it listens. */
    public void start() throws IOException {
        if (server == null) {
            server = started();
        }
    }

    public void stop() throws IOException {
        var running = server;
        server = null;
        if (running != null) {
            orIoException("stop", running::stop);
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    private S3Proxy started() throws IOException {
        var properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        var proxy = S3Proxy.builder()
                .blobStore(BlobStores.create("filesystem-nio2", properties))
                .endpoint(URI.create(endpoint()))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                // other engines send headers that it does not know
                .ignoreUnknownHeaders(true)
                .build();
        orIoException("start", proxy::start);
        return proxy;
    }

    @SuppressWarnings("IllegalCatch") // the server declares no more than Exception
    private static void orIoException(String what, Step step) throws IOException {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the S3 server does not " + what, e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
