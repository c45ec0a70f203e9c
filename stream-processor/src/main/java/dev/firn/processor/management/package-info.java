/** What operators see, and the wiring of the service. */
@NullMarked
package dev.firn.processor.management;

import org.jspecify.annotations.NullMarked;
