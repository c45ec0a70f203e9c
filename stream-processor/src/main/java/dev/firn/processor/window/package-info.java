/** Windows by event time: minutes and sessions. */
@NullMarked
package dev.firn.processor.window;

import org.jspecify.annotations.NullMarked;
