package dev.firn.embedded;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP/1.1 message as it came, whole. */
final class Message {
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private final String start;
    private final byte[] bytes;

    private Message(String start, byte[] bytes) {
        this.start = start;
        this.bytes = bytes;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
        out.flush();
    }

    String method() {
        return start.substring(0, start.indexOf(' '));
    }

    String target() {
        return start.split(" ", -1)[1];
    }

    /** The next request, null at the end. A client that asks whether to go on is told so, and the server is not asked again. */
    static @Nullable Message read(InputStream in, OutputStream client) throws IOException {
        List<String> head = head(in);
        if (head.isEmpty()) {
            return null;
        }
        if (value(head, "expect").isPresent()) {
            client.write(CONTINUE);
            client.flush();
            head.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith("expect:"));
        }
        return whole(head, in, false);
    }

    /** The answer to a request, null if there is none. */
    static @Nullable Message readAnswer(InputStream in, String method) throws IOException {
        List<String> head = head(in);
        while (!head.isEmpty() && head.get(0).contains(" 100 ")) {
            head = head(in);
        }
        if (head.isEmpty()) {
            return null;
        }
        String status = head.get(0).split(" ", -1)[1];
        boolean isEmpty = method.equals("HEAD") || status.equals("204") || status.equals("304");
        return isEmpty ? of(head, new byte[0]) : whole(head, in, true);
    }

    private static Message whole(List<String> head, InputStream in, boolean untilClosed) throws IOException {
        Optional<String> length = value(head, "content-length");
        if (length.isPresent()) {
            return of(head, in.readNBytes(Integer.parseInt(length.get())));
        }
        if (value(head, "transfer-encoding").isPresent()) {
            return of(head, chunks(in));
        }
        return of(head, untilClosed ? in.readAllBytes() : new byte[0]);
    }

    private static Message of(List<String> head, byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : head) {
            bytes.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        bytes.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(body);
        return new Message(head.get(0), bytes.toByteArray());
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = line(in);
        while (line != null && !line.isEmpty()) {
            lines.add(line);
            line = line(in);
        }
        return lines;
    }

    private static Optional<String> value(List<String> head, String name) {
        return head.stream()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int size;
        do {
            String line = line(in);
            if (line == null) {
                throw new EOFException("within chunks");
            }
            size = Integer.parseInt(line.split(";", -1)[0].trim(), 16);
            bytes.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            bytes.write(in.readNBytes(size + 2));
        } while (size > 0);
        return bytes.toByteArray();
    }

    /** Without its end, null at the end of the stream. */
    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return null;
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
