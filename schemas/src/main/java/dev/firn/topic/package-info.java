/** Kafka's topics as Firn makes them. */
@NullMarked
package dev.firn.topic;

import org.jspecify.annotations.NullMarked;
