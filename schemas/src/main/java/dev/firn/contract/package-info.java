/** The contract of a topic: what its Avro schema says about key, time, partitioning, rules and personal data. */
@NullMarked
package dev.firn.contract;

import org.jspecify.annotations.NullMarked;
