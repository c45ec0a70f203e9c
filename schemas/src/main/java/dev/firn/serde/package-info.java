/** Avro records in the Confluent wire format, as Kafka serializers and deserializers. */
@NullMarked
package dev.firn.serde;

import org.jspecify.annotations.NullMarked;
