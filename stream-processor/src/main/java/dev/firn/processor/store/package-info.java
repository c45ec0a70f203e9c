/** State between commits: in memory as it is, and written once. */
@NullMarked
package dev.firn.processor.store;

import org.jspecify.annotations.NullMarked;
