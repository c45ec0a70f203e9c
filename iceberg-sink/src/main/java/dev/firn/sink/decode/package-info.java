/** Avro bytes, checked to the last before anything is made of them. */
@NullMarked
package dev.firn.sink.decode;

import org.jspecify.annotations.NullMarked;
