/** Files and offset ranges into a table, together or not at all, exactly once. */
@NullMarked
package dev.firn.sink.commit;

import org.jspecify.annotations.NullMarked;
