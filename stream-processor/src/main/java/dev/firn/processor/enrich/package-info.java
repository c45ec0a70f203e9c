/** What records refer to, and the measures that follow. */
@NullMarked
package dev.firn.processor.enrich;

import org.jspecify.annotations.NullMarked;
