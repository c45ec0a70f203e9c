/** Records from Kafka into windows, from where the tables' ledgers end. */
@NullMarked
package dev.firn.sink.consume;

import org.jspecify.annotations.NullMarked;
