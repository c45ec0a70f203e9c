/** The dashboard in a real browser. */
@NullMarked
package dev.firn.local.dashboard;

import org.jspecify.annotations.NullMarked;
