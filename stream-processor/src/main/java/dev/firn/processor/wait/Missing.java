package dev.firn.processor.wait;

import org.apache.kafka.common.utils.Bytes;

/** Something that a record refers to and that is not there.
 *
 * @param field that refers to it
 * @param awaited its name among all that is waited for
 */
public record Missing(String field, Bytes awaited) {}
