/** What the services say about themselves. */
@NullMarked
package dev.firn.local.status;

import org.jspecify.annotations.NullMarked;
