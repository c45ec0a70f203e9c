/** The up command: start everything, show what it does, and end it again. */
@NullMarked
package dev.firn.local.up;

import org.jspecify.annotations.NullMarked;
