/** What goes wrong on the way: records that break a rule, and bytes that are no record. */
@NullMarked
package dev.firn.generator.disturb;

import org.jspecify.annotations.NullMarked;
