/** Looking into quarantine, and out of it: {@code firn quarantine}. */
@NullMarked
package dev.firn.local.quarantine;

import org.jspecify.annotations.NullMarked;
