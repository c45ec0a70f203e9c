/** What tables look like, from contracts: making them, and following schemas as they change. */
@NullMarked
package dev.firn.sink.table;

import org.jspecify.annotations.NullMarked;
