/** An activity event on its way through the topology. */
@NullMarked
package dev.firn.processor.event;

import org.jspecify.annotations.NullMarked;
