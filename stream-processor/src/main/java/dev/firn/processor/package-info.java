/** The stream processor as a service. */
@NullMarked
package dev.firn.processor;

import org.jspecify.annotations.NullMarked;
