/** The one sequence of events that a seed stands for, from the first index on. */
@NullMarked
package dev.firn.generator.sequence;

import org.jspecify.annotations.NullMarked;
