/** Where the sequence stood when an earlier process ended. */
@NullMarked
package dev.firn.generator.resume;

import org.jspecify.annotations.NullMarked;
