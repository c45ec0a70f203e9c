/** Columns of values laid out as Parquet files, whatever the values come from. */
@NullMarked
package dev.firn.sink.parquet;

import org.jspecify.annotations.NullMarked;
