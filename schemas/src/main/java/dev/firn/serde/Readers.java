package dev.firn.serde;

import dev.firn.quarantine.Reason;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What to read a record into, by the schema that it was written with. */
interface Readers {
    /** The reader for records of that schema.
     *
     * @throws UndecodableException if nothing fits such records
     */
    Target of(Schema writer);

    /** A reader of records, and the schema that it brings them into. */
    record Target(DatumReader<?> reader, Schema schema) {}

    /** Whatever the writer wrote. */
    static Readers generic() {
        GenericData model = new GenericData();
        return writer -> target(model, writer, writer);
    }

    /** Generic records, nothing else. */
    static Readers genericRecords() {
        Readers all = generic();
        return writer -> {
            if (writer.getType() != Schema.Type.RECORD) {
                throw new UndecodableException(Reason.INCOMPATIBLE_SCHEMA, "the value is a " + writer.getType());
            }
            return all.of(writer);
        };
    }

    /** Records of one class, whatever name the writer gave them. */
    static Readers of(Class<? extends SpecificRecord> type) {
        TrustedClasses.install();
        SpecificData model = SpecificData.getForClass(type);
        Schema schema = model.getSchema(type);
        return writer -> target(model, writer, schema);
    }

    /** Records of the classes that are called as the writer's schemas. */
    static Readers byName(@Nullable ClassLoader loader) {
        TrustedClasses.install();
        SpecificData names = new SpecificData(loader == null ? Readers.class.getClassLoader() : loader);
        return writer -> {
            Class<?> type = writer.getType() == Schema.Type.RECORD ? names.getClass(writer) : null;
            if (type == null || !SpecificRecord.class.isAssignableFrom(type)) {
                throw new UndecodableException(
                        Reason.INCOMPATIBLE_SCHEMA, "no generated class is called " + writer.getFullName());
            }
            return of(type.asSubclass(SpecificRecord.class)).of(writer);
        };
    }

    private static Target target(GenericData model, Schema writer, Schema reader) {
        return new Target(model.createDatumReader(writer, reader), reader);
    }
}
