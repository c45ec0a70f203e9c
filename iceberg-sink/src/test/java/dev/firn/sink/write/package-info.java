/** Tests of the way from bytes to columns. */
@NullMarked
package dev.firn.sink.write;

import org.jspecify.annotations.NullMarked;
