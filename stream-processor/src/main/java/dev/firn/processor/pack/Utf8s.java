package dev.firn.processor.pack;

import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Avro's strings as bytes. */
public final class Utf8s {
    private Utf8s() {}

    /** A copy of exactly the string's bytes. */
    public static byte[] bytes(Utf8 text) {
        return Arrays.copyOf(text.getBytes(), text.getByteLength());
    }

    public static void put(Utf8 text, Packer out) {
        out.putBytes(text.getBytes(), text.getByteLength());
    }

    public static Utf8 take(Unpacker in) {
        return new Utf8(in.takeBytes());
    }

    public static void putNullable(@Nullable Utf8 text, Packer out) {
        out.putBytes(text == null ? null : bytes(text));
    }

    public static @Nullable Utf8 takeNullable(Unpacker in) {
        byte[] bytes = in.takeNullableBytes();
        return bytes == null ? null : new Utf8(bytes);
    }
}
