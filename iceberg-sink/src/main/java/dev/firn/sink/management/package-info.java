/** What the sink tells about itself: endpoints, health, metrics. */
@NullMarked
package dev.firn.sink.management;

import org.jspecify.annotations.NullMarked;
