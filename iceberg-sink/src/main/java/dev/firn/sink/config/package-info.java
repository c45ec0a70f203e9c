/** Typed settings, checked at the start, and what is built from them. */
@NullMarked
package dev.firn.sink.config;

import org.jspecify.annotations.NullMarked;
