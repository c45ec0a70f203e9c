/** The Kafka Streams application: what it needs to start, how it is kept running, how far it is. */
@NullMarked
package dev.firn.processor.run;

import org.jspecify.annotations.NullMarked;
