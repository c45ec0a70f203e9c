/** Bytes to checked records, or to quarantine. */
@NullMarked
package dev.firn.processor.decode;

import org.jspecify.annotations.NullMarked;
