/** The generator's settings, checked at start-up. */
@NullMarked
package dev.firn.generator.config;

import org.jspecify.annotations.NullMarked;
