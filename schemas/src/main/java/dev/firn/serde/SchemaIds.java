package dev.firn.serde;

import org.apache.avro.Schema;

/** The id that records of a schema carry in a topic. */
interface SchemaIds {
    int of(String topic, Schema schema);
}
