/** What is counted while processing. */
@NullMarked
package dev.firn.processor.count;

import org.jspecify.annotations.NullMarked;
