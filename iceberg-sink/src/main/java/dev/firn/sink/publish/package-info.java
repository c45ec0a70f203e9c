/** What was committed to a branch, shown to readers of main. */
@NullMarked
package dev.firn.sink.publish;

import org.jspecify.annotations.NullMarked;
