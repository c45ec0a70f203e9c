/** Seeded randomness that gives the same numbers on every machine. */
@NullMarked
package dev.firn.generator.chance;

import org.jspecify.annotations.NullMarked;
