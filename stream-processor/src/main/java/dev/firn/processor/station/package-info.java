/** Charging sessions to windows of how stations are used. */
@NullMarked
package dev.firn.processor.station;

import org.jspecify.annotations.NullMarked;
