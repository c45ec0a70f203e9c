/** The settings, checked at start-up. */
@NullMarked
package dev.firn.processor.config;

import org.jspecify.annotations.NullMarked;
