package dev.firn.processor.decode;

import java.util.List;
import org.apache.avro.Schema;

/** The rows that records become.
 *
 * @param schemaId under which the registry holds the schema
 * @param filledLater fields that don't come from the record
 */
public record Target(Schema schema, int schemaId, List<String> filledLater) {}
