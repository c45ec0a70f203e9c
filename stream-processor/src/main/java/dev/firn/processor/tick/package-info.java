/** Work that is done every now and then by wall clock, while there is some. */
@NullMarked
package dev.firn.processor.tick;

import org.jspecify.annotations.NullMarked;
