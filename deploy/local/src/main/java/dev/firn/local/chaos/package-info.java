/** The chaos command: everything runs, faults come by a schedule, and in the end nothing is lost or doubled. */
@NullMarked
package dev.firn.local.chaos;

import org.jspecify.annotations.NullMarked;
