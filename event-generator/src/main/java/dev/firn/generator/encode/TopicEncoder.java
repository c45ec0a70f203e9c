package dev.firn.generator.encode;

import dev.firn.futuremobility.raw.Activity;
import dev.firn.generator.sequence.Topic;
import dev.firn.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Records of one schema to bytes. */
final class TopicEncoder {
    private static final int USUAL_SIZE = 1_024;
    private static final EncoderFactory ENCODERS = new EncoderFactory().configureBufferSize(USUAL_SIZE);

    private final byte[] header;
    private final SpecificDatumWriter<SpecificRecord> writer;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(USUAL_SIZE);
    private @Nullable BinaryEncoder encoder;

    TopicEncoder(Topic topic, int schemaId) {
        header = ByteBuffer.allocate(WireFormat.HEADER).putInt(1, schemaId).array();
        SpecificData data = SpecificData.getForClass(topic.type());
        // the parts without logical types write themselves, much faster than by a walk over the schema
        data.setCustomCoders(true);
        writer = new SpecificDatumWriter<>(topic.schema(), data);
    }

    byte[] encode(SpecificRecord record) {
        buffer.reset();
        buffer.writeBytes(header);
        try {
            encoder = ENCODERS.binaryEncoder(buffer, encoder);
            write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory does not fail", e);
        }
        return buffer.toByteArray();
    }

    private void write(SpecificRecord record, Encoder out) throws IOException {
        if (record instanceof Activity activity) {
            ActivityWriter.write(activity, out);
        } else {
            writer.write(record, out);
        }
    }
}
