/** Tests of tables and their evolution. */
@NullMarked
package dev.firn.sink.table;

import org.jspecify.annotations.NullMarked;
