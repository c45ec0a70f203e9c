/** Values of state stores and internal topics, as bytes. */
@NullMarked
package dev.firn.processor.pack;

import org.jspecify.annotations.NullMarked;
