/** What the tables must hold, computed in plain code apart from the processor. */
@NullMarked
package dev.firn.generator.truth;

import org.jspecify.annotations.NullMarked;
