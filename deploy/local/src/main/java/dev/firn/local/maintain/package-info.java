/** Has the sink keep a table in order now. */
@NullMarked
package dev.firn.local.maintain;

import org.jspecify.annotations.NullMarked;
