package dev.firn.sink.parquet;

import com.github.luben.zstd.ZstdCompressCtx;

/** What a page is made with. For one thread at a time. */
final class Workbench {
    private final Buffers buffers;
    private final Bytes page;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] compressed;

    /** Of its own memory, which is no file's. */
    Workbench() {
        buffers = new Buffers(new ArrayPool(0));
        page = new Bytes(buffers);
        compressed = buffers.bytes(0);
    }

    /** For a page before it is compressed. */
    Bytes page() {
        return page;
    }

    ZstdCompressCtx zstd() {
        return zstd;
    }

    /** For a page after that. */
    byte[] compressed(int atLeast) {
        if (compressed.length < atLeast) {
            compressed = buffers.grown(compressed, 0, atLeast);
        }
        return compressed;
    }
}
