package dev.firn.processor.enrich;

import org.apache.kafka.common.utils.Bytes;

/** Something that a record refers to and that is not there.
 *
 * @param field that refers to it
 * @param awaited as {@link Awaited} names it
 */
record Missing(String field, Bytes awaited) {}
