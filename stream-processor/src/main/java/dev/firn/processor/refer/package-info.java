/** References to the keys of other topics: which keys there are, and who waits for one. */
@NullMarked
package dev.firn.processor.refer;

import org.jspecify.annotations.NullMarked;
