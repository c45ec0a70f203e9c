package dev.firn.generator.publish;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What others want the publishing thread to do. Safe for several threads. */
public final class Controls {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean paused;
    private volatile boolean stopped;
    private volatile double rate;
    private long changes;

    /** @param rate events per second, 0 for as fast as can be */
    public Controls(double rate) {
        this.rate = checked(rate);
    }

    public void pause() {
        change(() -> paused = true);
    }

    public void resume() {
        change(() -> paused = false);
    }

    /** Ends the work for good. */
    public void stop() {
        change(() -> stopped = true);
    }

    /** Sets the rate from now on.
     *
     * @throws IllegalArgumentException if it is negative or no number
     */
    public void rate(double eventsPerSecond) {
        double valid = checked(eventsPerSecond);
        change(() -> rate = valid);
    }

    public double rate() {
        return rate;
    }

    boolean paused() {
        return paused;
    }

    public boolean stopped() {
        return stopped;
    }

    /** Waits until it is to go on, or to stop. */
    void awaitResumed() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (paused && !stopped) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits this long, less if something changes meanwhile. */
    public void sleep(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long seen = changes;
            long left = nanos;
            while (left > 0 && changes == seen && !stopped) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static double checked(double rate) {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("rate: must be 0 or more events per second, is " + rate);
        }
        return rate;
    }
}
