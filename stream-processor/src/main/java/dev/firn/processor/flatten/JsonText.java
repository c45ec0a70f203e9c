package dev.firn.processor.flatten;

import dev.firn.processor.pack.Packer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.util.Utf8;

/** JSON's strings and bare words. */
final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private JsonText() {}

    static void quoted(Object text, Packer out) {
        byte[] bytes;
        int length;
        if (text instanceof Utf8 utf8) {
            bytes = utf8.getBytes();
            length = utf8.getByteLength();
        } else {
            bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            length = bytes.length;
        }
        out.putByte('"');
        escaped(bytes, length, out);
        out.putByte('"');
    }

    private static void escaped(byte[] bytes, int length, Packer out) {
        if (isPlain(bytes, length)) {
            out.putRaw(bytes, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            if (isPlain(bytes[i])) {
                out.putByte(bytes[i]);
            } else {
                escape(bytes[i], out);
            }
        }
    }

    private static boolean isPlain(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (!isPlain(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(byte b) {
        return (b >= ' ' || b < 0) && b != '"' && b != '\\';
    }

    private static void escape(byte b, Packer out) {
        if (b == '"' || b == '\\') {
            out.putByte('\\').putByte(b);
        } else {
            word("\\u00", out);
            out.putByte(HEX[b >> 4]).putByte(HEX[b & 0xf]);
        }
    }

    /** Text of ASCII characters, as it is. */
    static void word(String ascii, Packer out) {
        out.putAscii(ascii);
    }
}
