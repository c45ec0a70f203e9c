package dev.firn.processor.watermark;

/** Whether a raw partition that nothing comes from is silent or only not heard. Safe for several threads. */
public interface SourceProgress {
    /** Whether all that the partition holds has been taken in and committed; not, while that is unknown. */
    boolean isDrained(int partition);
}
