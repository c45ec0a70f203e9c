/** Fields' paths, made ready for the records of one schema. */
@NullMarked
package dev.firn.processor.path;

import org.jspecify.annotations.NullMarked;
