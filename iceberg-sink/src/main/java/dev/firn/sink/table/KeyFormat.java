package dev.firn.sink.table;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What the keys of a topic's records are, and how tables that have a {@code _key} hold them in it. */
public enum KeyFormat {
    /** Anything, kept as it came; where they tell which row is deleted, whatever of these they can only be. */
    BYTES(Types.BinaryType.get()),
    /** Text in UTF-8. */
    STRING(Types.StringType.get()),
    /** Eight bytes, the highest first, as Kafka's serializer writes them; where they tell which row is deleted, four will do. */
    LONG(Types.LongType.get()),
    /** In Avro, of schemas that the registry has: as text, and as JSON where they are no text. */
    AVRO(Types.StringType.get());

    // Iceberg's types are immutable, though not marked so
    @SuppressWarnings("ImmutableEnumChecker")
    private final Type type;

    KeyFormat(Type type) {
        this.type = type;
    }

    Type type() {
        return type;
    }

    /** How keys get into a column that is there, whose type stays what it is. */
    KeyFormat in(Type column) {
        return switch (column.typeId()) {
            case BINARY -> BYTES;
            case LONG -> LONG;
            case STRING -> this == AVRO ? AVRO : STRING;
            default -> this;
        };
    }
}
