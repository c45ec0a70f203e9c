/** Records that can't go on, whole, with the reason and where they stood. */
@NullMarked
package dev.firn.processor.quarantine;

import org.jspecify.annotations.NullMarked;
