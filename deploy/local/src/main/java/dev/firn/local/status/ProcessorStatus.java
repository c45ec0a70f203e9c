package dev.firn.local.status;

/**
 * How far the processor is.
 *
 * @param lag records of its inputs that it has not processed
 * @param drained whether everything that it was given is processed, and committed
 */
public record ProcessorStatus(String state, long lag, boolean drained, long processed) {}
