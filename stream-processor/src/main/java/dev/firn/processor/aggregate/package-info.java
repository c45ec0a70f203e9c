/** What sales add up to: sums of each raw partition, merged by row, as rows that are sent again when they change. */
@NullMarked
package dev.firn.processor.aggregate;

import org.jspecify.annotations.NullMarked;
