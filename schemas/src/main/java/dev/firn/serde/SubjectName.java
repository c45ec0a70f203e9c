package dev.firn.serde;

import org.apache.avro.Schema;

/** Names the subject that a schema is registered under. */
public interface SubjectName {
    String of(String topic, boolean isKey, Schema schema);
}
