/** Nested records to flat rows, and to one JSON document. */
@NullMarked
package dev.firn.processor.flatten;

import org.jspecify.annotations.NullMarked;
