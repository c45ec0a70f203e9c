package dev.firn.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Starts the parts of a stack side by side; where one does not start, none stays. */
record StackStart(EmbeddedStack stack) {
    private static final Duration SETTLE = Duration.ofSeconds(20);

    void run() throws IOException, InterruptedException {
        var threads = Executors.newFixedThreadPool(2);
        var complete = false;
        try {
            var registry = threads.submit(step(stack.registry()::start));
            var broker = threads.submit(step(stack.broker()::start));
            storage();
            await(registry);
            await(broker);
            complete = true;
        } finally {
            threads.shutdownNow();
            if (!complete) {
                threads.awaitTermination(SETTLE.toSeconds(), TimeUnit.SECONDS);
                stack.close();
            }
        }
    }

    private void storage() throws IOException {
        stack.s3().createBucket(EmbeddedStack.BUCKET);
        stack.s3().start();
        stack.catalog().create();
    }

    private static void await(Future<?> part) throws IOException, InterruptedException {
        try {
            part.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e.getCause());
        }
    }

    private static Callable<Void> step(Step step) {
        return () -> {
            step.run();
            return null;
        };
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, InterruptedException;
    }
}
