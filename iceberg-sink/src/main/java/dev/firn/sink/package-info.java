/** Kafka topics to Iceberg tables, exactly once. */
@NullMarked
package dev.firn.sink;

import org.jspecify.annotations.NullMarked;
