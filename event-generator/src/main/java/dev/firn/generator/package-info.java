/** The simulated company FutureMobility, as a service and as a command. */
@NullMarked
package dev.firn.generator;

import org.jspecify.annotations.NullMarked;
