/** Reads what is deployed. */
@NullMarked
package dev.firn.deploy;

import org.jspecify.annotations.NullMarked;
