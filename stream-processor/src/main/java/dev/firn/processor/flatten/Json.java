package dev.firn.processor.flatten;

import dev.firn.processor.pack.Packer;

/** Writes values of one type as JSON in UTF-8. */
interface Json {
    void write(Object value, Packer out);
}
