/** What a partition has seen: its newest event time, and the ids of the last hour. */
@NullMarked
package dev.firn.processor.dedup;

import org.jspecify.annotations.NullMarked;
