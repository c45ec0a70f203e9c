/** The way back of records from quarantine, each once. */
@NullMarked
package dev.firn.sink.replay;

import org.jspecify.annotations.NullMarked;
