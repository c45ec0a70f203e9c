/** Avro bytes into the columns of Parquet data files. */
@NullMarked
package dev.firn.sink.write;

import org.jspecify.annotations.NullMarked;
