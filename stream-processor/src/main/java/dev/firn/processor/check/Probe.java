package dev.firn.processor.check;

import dev.firn.contract.FieldRule;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;

/**
 * Takes from a record what a rule looks at that also needs to know other records. What is personal is hashed on the way, so
 * that no store holds it.
 *
 * @param ofKey whether the rule speaks of the contract's key: it then tells the record itself from others
 * @param values of the record at hand; texts, numbers, or lists of them for a key of several fields
 */
public record Probe(FieldRule rule, boolean ofKey, Function<IndexedRecord, List<Object>> values) {}
