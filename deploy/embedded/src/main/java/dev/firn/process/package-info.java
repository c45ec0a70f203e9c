/** A JVM started as a child process that never outlives its parent. */
@NullMarked
package dev.firn.process;

import org.jspecify.annotations.NullMarked;
