/** Reads the tables of a data directory without any server: SQL, statistics, and the comparison with a truth. */
@NullMarked
package dev.firn.local.query;

import org.jspecify.annotations.NullMarked;
