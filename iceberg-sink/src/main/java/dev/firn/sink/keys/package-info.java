/** Keys of upsert tables, and where their rows are: in little memory, on disk past that. */
@NullMarked
package dev.firn.sink.keys;

import org.jspecify.annotations.NullMarked;
