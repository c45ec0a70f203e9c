/** Tests of what is taken for a record. */
@NullMarked
package dev.firn.sink.decode;

import org.jspecify.annotations.NullMarked;
