/** Why and where a record was set aside. */
@NullMarked
package dev.firn.quarantine;

import org.jspecify.annotations.NullMarked;
