/** How far partitions are in event time, and which of them need not be waited for. */
@NullMarked
package dev.firn.processor.watermark;

import org.jspecify.annotations.NullMarked;
