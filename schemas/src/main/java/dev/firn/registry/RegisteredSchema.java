package dev.firn.registry;

import org.apache.avro.Schema;

/** A schema and where the registry holds it.
 *
 * @param version 1 or more, within the subject
 * @param id across all subjects
 */
public record RegisteredSchema(String subject, int version, int id, Schema schema) {}
