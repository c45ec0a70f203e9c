/** Files of rows, line by line, as Avro records into a topic. */
@NullMarked
package dev.firn.generator.replay;

import org.jspecify.annotations.NullMarked;
