/** Which rows of an upsert table a commit makes obsolete, and their deletion in that commit. */
@NullMarked
package dev.firn.sink.upsert;

import org.jspecify.annotations.NullMarked;
