/** A contract's rules, made ready for the records of one schema. */
@NullMarked
package dev.firn.processor.check;

import org.jspecify.annotations.NullMarked;
