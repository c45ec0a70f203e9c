/** Dimensions: entities' updates to versions, each for as long as it held. */
@NullMarked
package dev.firn.processor.dimension;

import org.jspecify.annotations.NullMarked;
