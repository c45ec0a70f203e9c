package dev.firn.generator.replay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Text in UTF-8, unpacked where it is compressed, without the mark that some programs put in front of it. */
final class SourceStream implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Counting bytes;
    private final long size;
    private final Reader text;

    private SourceStream(Counting bytes, long size, InputStream unpacked) throws IOException {
        this.bytes = bytes;
        this.size = size;
        this.text = withoutMark(new InputStreamReader(
                unpacked, StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)));
    }

    /** @param size in bytes, 0 if nobody knows */
    static SourceStream of(InputStream in, long size, boolean compressed) throws IOException {
        Counting bytes = new Counting(in);
        return new SourceStream(bytes, size, compressed ? new GZIPInputStream(bytes, BUFFER) : bytes);
    }

    Reader text() {
        return text;
    }

    double done() {
        return size == 0 ? Double.NaN : Math.min(1.0, (double) bytes.count / size);
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    private static Reader withoutMark(Reader reader) throws IOException {
        PushbackReader text = new PushbackReader(reader, 1);
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
