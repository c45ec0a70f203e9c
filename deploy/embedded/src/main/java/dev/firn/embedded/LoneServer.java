package dev.firn.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * One server of a stack in this process, for as long as the process runs: so that it can be killed, frozen and started again while the
 * others go on.
 */
record LoneServer(Path folder, Ports ports, int catalogPort) {
    /** Returns the exit code once the registry has ended; what runs in this process never ends by itself. */
    int run(Part part) throws IOException, InterruptedException {
        var address = switch (part) {
            case KAFKA -> kafka();
            case REGISTRY -> registry();
            case S3 -> s3();
            case CATALOG -> catalog();
        };
        System.out.printf("ready %s%n", address);
        new CountDownLatch(1).await();
        return 0;
    }

    private String kafka() throws IOException {
        var broker =
                new KafkaBroker(EmbeddedStack.kafkaFolder(folder.toAbsolutePath()), ports.kafka(), ports.controller());
        broker.start();
        atEnd(broker);
        return broker.bootstrapServers();
    }

    private String registry() throws IOException, InterruptedException {
        var registry = EmbeddedStack.registry(folder.toAbsolutePath(), ports.registry());
        registry.start();
        atEnd(registry);
        registry.process().ifPresent(LoneServer::endWith);
        return registry.url();
    }

    @SuppressWarnings("SystemExitOutsideMain") // this process is nothing without its child
    private static void endWith(ProcessHandle child) {
        var unused = child.onExit().thenRun(() -> System.exit(1));
    }

    private String s3() throws IOException {
        var server = new S3Server(EmbeddedStack.s3Folder(folder.toAbsolutePath()), ports.s3());
        server.createBucket(EmbeddedStack.BUCKET);
        server.start();
        return server.endpoint();
    }

    private String catalog() throws IOException {
        var behind = EmbeddedStack.sqlite(folder.toAbsolutePath())
                .open(EmbeddedStack.WAREHOUSE, new FolderObjects(EmbeddedStack.s3Folder(folder.toAbsolutePath())));
        return RestCatalogServer.serve(behind, catalogPort).url();
    }

    private static void atEnd(AutoCloseable server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server), "end"));
    }

    @SuppressWarnings("IllegalCatch") // the top of a thread, and of the process' last one
    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            System.err.println("firn-embedded: " + e.getMessage());
        }
    }
}
