/** What keeps tables in order beside ingestion, and never in its way. */
@NullMarked
package dev.firn.sink.maintain;

import org.jspecify.annotations.NullMarked;
