/** Records wait for what they refer to: in a store, for a bounded time, woken by what arrives. */
@NullMarked
package dev.firn.processor.wait;

import org.jspecify.annotations.NullMarked;
