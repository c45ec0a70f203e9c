package dev.firn.sink.commit;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs everything at once, in the thread that asks for it. Iceberg reads and writes manifests in threads that all of a process shares, as
 * many as there are cores: what keeps tables in order, or looks at them, would have all of them for as long as it takes, and commits of
 * records would queue behind.
 */
public final class CallersThread extends AbstractExecutorService {
    public static final CallersThread EXECUTOR = new CallersThread();

    private CallersThread() {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /** Of no consequence: there is nothing to end. */
    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
