/** Records that can't be stored, whole, with the reason. */
@NullMarked
package dev.firn.sink.quarantine;

import org.jspecify.annotations.NullMarked;
