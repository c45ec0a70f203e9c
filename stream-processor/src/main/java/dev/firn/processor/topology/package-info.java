/** The topologies: pure functions of topics and settings, one file each. */
@NullMarked
package dev.firn.processor.topology;

import org.jspecify.annotations.NullMarked;
