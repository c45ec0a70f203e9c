package dev.firn.sink.decode;

import dev.firn.contract.FieldPath;
import dev.firn.serde.WireFormat;
import dev.firn.sink.table.Unions;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads one field of records, as text: strings, symbols of enums, whole numbers, true and false. For one thread. */
public final class FieldText {
    private final IntFunction<Schema> schemas;
    private final String path;
    private final Map<Integer, Place> places = new HashMap<>();
    private final AvroInput input = new AvroInput();
    private final Trail trail = new Trail();

    private record Place(RecordCheck check, Optional<Schema> field) {}

    /** For records of a registry's schemas.
     *
     * @param schemas by id
     * @param path dotted, through records and nullable unions
     */
    public FieldText(IntFunction<Schema> schemas, String path) {
        this.schemas = schemas;
        this.path = path;
    }

    /** The record's field; empty if it has none, or it is null, or of another type.
     *
     * @throws dev.firn.serde.UndecodableException if the record is none
     * @throws dev.firn.registry.RegistryUnavailableException if its schema can't be had now
     */
    public Optional<String> of(ConsumerRecord<byte[], byte[]> record) {
        int id = WireFormat.schemaId(record.value());
        Place place = places.get(id);
        if (place == null) {
            place = place(schemas.apply(id));
            places.put(id, place);
        }
        input.reset(record.value(), WireFormat.HEADER);
        place.check().check(input, trail);
        return place.field().isPresent() && trail.marked(0) >= 0
                ? Optional.of(text(place.field().get()))
                : Optional.empty();
    }

    private Place place(Schema record) {
        Optional<Schema> field =
                FieldPath.of(path).in(record).map(Unions::value).filter(FieldText::hasText);
        return new Place(RecordCheck.of(record, field.isPresent() ? List.of(path) : List.of()), field);
    }

    private static boolean hasText(Schema schema) {
        return switch (schema.getType()) {
            case STRING, ENUM, INT, LONG, BOOLEAN -> true;
            default -> false;
        };
    }

    private String text(Schema field) {
        input.position(trail.marked(0));
        return switch (field.getType()) {
            case STRING -> {
                int length = input.nextInt();
                yield new String(input.bytes(), input.take(length), length, StandardCharsets.UTF_8);
            }
            case ENUM -> field.getEnumSymbols().get(input.nextInt());
            case BOOLEAN -> Boolean.toString(input.nextBoolean());
            default -> Long.toString(input.nextLong());
        };
    }
}
