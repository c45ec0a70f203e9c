/** What tables are made of, and what they hold, for people to look at: it only reads. */
@NullMarked
package dev.firn.sink.inspect;

import org.jspecify.annotations.NullMarked;
