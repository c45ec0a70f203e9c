package dev.firn.processor.watermark;

import java.time.Duration;

/**
 * How a raw partition stands with those who wait for it: what they were told, and whether there is news. A partition that
 * nothing comes from need not be waited for, one that is only not heard has to be; so silence is counted in looks, at each of
 * which nothing of the partition was left to take in. A task that lags, or gets no time to work, is not taken for one that has
 * no work. Not for several threads.
 */
public final class Standing {
    /** Tells those who wait. */
    public interface Out {
        /** The partition is there, and this far. */
        void there(long time, long timestamp);

        /** It need not be waited for. */
        void idle(long timestamp);
    }

    private enum Told {
        NOTHING,
        THERE,
        IDLE
    }

    /** Of wall clock time. */
    public static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final SourceProgress source;
    private final int partition;
    private final Duration timeout;
    private final Out out;
    private Told told = Told.NOTHING;
    private long announced = Watermarks.NONE;
    private long quietLooks;

    /** @param timeout of silence, after which the others need not wait for the partition */
    public Standing(SourceProgress source, int partition, Duration timeout, Out out) {
        this.source = source;
        this.partition = partition;
        this.timeout = timeout;
        this.out = out;
    }

    /** Something came from the partition. */
    public void heard() {
        quietLooks = 0;
    }

    /** Whether those who wait don't know that it is there, and this far. */
    public boolean isNews(long time) {
        return time > announced || told != Told.THERE;
    }

    /** The partition is this far; all that it had to send before has been sent. */
    public void tell(long time, long timestamp) {
        announced = time;
        told = Told.THERE;
        out.there(time, timestamp);
    }

    /** To be called every {@link #BETWEEN_LOOKS}. */
    public void look(long now) {
        if (!source.isDrained(partition)) {
            quietLooks = 0;
            if (told != Told.THERE) {
                tell(announced, now);
            }
        } else if (++quietLooks * BETWEEN_LOOKS.toMillis() >= timeout.toMillis() && told != Told.IDLE) {
            told = Told.IDLE;
            out.idle(now);
        }
    }
}
