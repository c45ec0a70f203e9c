package dev.firn.processor.pack;

import org.jspecify.annotations.Nullable;

/** How values of one type are written in Avro's binary encoding. */
interface AvroForm {
    void write(@Nullable Object value, Packer out);
}
