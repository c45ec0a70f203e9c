/** Events into Kafka: in order, at a rate, no child before its parent. */
@NullMarked
package dev.firn.generator.publish;

import org.jspecify.annotations.NullMarked;
