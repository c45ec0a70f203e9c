/** Who reads what and writes what, told to whoever wants to know, as OpenLineage has it. */
@NullMarked
package dev.firn.lineage;

import org.jspecify.annotations.NullMarked;
