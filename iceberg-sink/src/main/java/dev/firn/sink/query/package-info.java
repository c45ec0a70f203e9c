/** Questions in SQL, for an engine beside the sink. */
@NullMarked
package dev.firn.sink.query;

import org.jspecify.annotations.NullMarked;
