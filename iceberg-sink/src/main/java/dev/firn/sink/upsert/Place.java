package dev.firn.sink.upsert;

import org.apache.iceberg.DataFile;
import org.apache.iceberg.StructLike;

/** A data file, as far as its deletes have to know it. */
record Place(String file, int spec, StructLike partition) {
    static Place of(DataFile file) {
        return new Place(file.location(), file.specId(), file.partition());
    }
}
