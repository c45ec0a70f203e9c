package dev.firn.sink.parquet;

import java.io.IOException;
import java.util.Objects;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.encryption.NativeEncryptionOutputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.util.ByteBuffers;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.crypto.InternalFileEncryptor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/** The part of a file that has left its columns: row groups and footer, by Parquet's own writer. */
final class StoredFile {
    private final ParquetLayout layout;
    private final OutputFile file;
    private final @Nullable InternalFileEncryptor encryptor;
    private @Nullable ParquetFileWriter writer;
    private int rowGroups;

    StoredFile(ParquetLayout layout, EncryptedOutputFile file) {
        this.layout = layout;
        if (file instanceof NativeEncryptionOutputFile encrypted) {
            this.file = encrypted.plainOutputFile();
            this.encryptor = new InternalFileEncryptor(FileEncryptionProperties.builder(
                            ByteBuffers.toByteArray(encrypted.keyMetadata().encryptionKey()))
                    .withAADPrefix(
                            ByteBuffers.toByteArray(encrypted.keyMetadata().aadPrefix()))
                    .withoutAADPrefixStorage()
                    .build());
        } else {
            this.file = file.encryptingOutputFile();
            this.encryptor = null;
        }
    }

    /** For the pages of the next row group. */
    ColumnChunkPageWriteStore pages(BytesInputCompressor compressor, PageMemory memory) {
        return new ColumnChunkPageWriteStore(
                compressor,
                layout.type(),
                memory,
                layout.properties().getColumnIndexTruncateLength(),
                layout.properties().getPageWriteChecksumEnabled(),
                encryptor,
                rowGroups);
    }

    void write(ColumnChunkPageWriteStore pages, long rows) throws IOException {
        ParquetFileWriter to = begun();
        to.startBlock(rows);
        pages.flushToFileWriter(to);
        to.endBlock();
        rowGroups++;
    }

    @SuppressWarnings(
            "deprecation") // in favour of one that makes an encryptor of its own, when pages have used this one
    private ParquetFileWriter begun() throws IOException {
        ParquetFileWriter to = writer;
        if (to == null) {
            to = new ParquetFileWriter(
                    new StorageFile(file),
                    layout.type(),
                    ParquetFileWriter.Mode.CREATE,
                    layout.rowGroupSize(),
                    0,
                    layout.properties().getColumnIndexTruncateLength(),
                    Integer.MAX_VALUE,
                    layout.properties().getPageWriteChecksumEnabled(),
                    encryptor);
            writer = to;
            to.start();
        }
        return to;
    }

    boolean isBegun() {
        return writer != null;
    }

    long length() throws IOException {
        return writer == null ? 0 : writer.getPos();
    }

    void finish() throws IOException {
        begun().end(layout.footer());
    }

    ParquetMetadata footer() {
        return Objects.requireNonNull(writer).getFooter();
    }

    /** Leaves behind whatever is written. */
    void abandon() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
