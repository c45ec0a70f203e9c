/** A client of the Confluent schema registry API. */
@NullMarked
package dev.firn.registry;

import org.jspecify.annotations.NullMarked;
