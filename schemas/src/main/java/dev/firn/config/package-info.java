/** Checks that every configuration of Firn shares. */
@NullMarked
package dev.firn.config;

import org.jspecify.annotations.NullMarked;
