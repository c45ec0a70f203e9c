/** What the user sees while it runs, on a terminal or as lines. */
@NullMarked
package dev.firn.local.display;

import org.jspecify.annotations.NullMarked;
