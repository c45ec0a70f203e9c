/** Commits, as lineage: from which offsets of which topics a snapshot's rows come. */
@NullMarked
package dev.firn.sink.lineage;

import org.jspecify.annotations.NullMarked;
