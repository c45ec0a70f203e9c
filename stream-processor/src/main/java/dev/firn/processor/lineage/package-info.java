/** Which topics the applications read and write, and how they are, told as OpenLineage's runs. */
@NullMarked
package dev.firn.processor.lineage;

import org.jspecify.annotations.NullMarked;
