package dev.firn.sink.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.serde.WireFormat;
import dev.firn.sink.write.SchemasById;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class MaskedTest {
    private static final String PERSONAL = ",'firn.pii':'mask'";
    private static final String VISIT =
            "{'who':{'name':'Ada','age':36},'others':[{'name':'Bob','mail':'b@example.com'}],"
                    + "'notes':{'first':'secret'},'photo':'ab','weight':1.5,'seen':true}";

    private final SchemasById registry = new SchemasById();

    @Test
    void shouldHideWhatEitherSchemaCallsPersonalAtAnyDepthAndNothingElse() throws IOException {
        // Given
        Schema own = visit(PERSONAL, "", "");
        int id = registry.add(own);
        registry.add(visit("", PERSONAL, PERSONAL));

        // When
        String shown =
                new Masked(registry).value(encoded(id, own), "raw.visits").toString();

        // Then
        assertThat(shown.replace('"', '\''))
                .isEqualTo("{'who':{'name':'•••','age':36},'others':[{'name':'Bob','mail':'•••'}],"
                        + "'notes':{'first':'•••'},'photo':'2 bytes','weight':1.5,'seen':true}");
    }

    @Test
    void shouldShowNothingWhenNoSchemaIsKnown() {
        // Given
        byte[] value = {0, 0, 0, 0, 9, 65, 66};

        // When
        String shown = new Masked(registry).value(value, "raw.visits").asText();

        // Then
        assertThat(shown).isEqualTo("not shown: 7 bytes that can't be read by a schema");
    }

    private static Schema visit(String name, String mail, String notes) {
        return new Schema.Parser()
                .parse(("{'type':'record','name':'Visit','fields':["
                                + "{'name':'who','type':{'type':'record','name':'Who','fields':["
                                + "{'name':'name','type':'string'" + name + "},{'name':'age','type':'int'}]}},"
                                + "{'name':'others','type':{'type':'array','items':{'type':'record','name':'Other','fields':["
                                + "{'name':'name','type':'string'},{'name':'mail','type':'string'" + mail + "}]}}},"
                                + "{'name':'notes','type':{'type':'map','values':'string'}" + notes + "},"
                                + "{'name':'photo','type':'bytes'},{'name':'weight','type':'double'},"
                                + "{'name':'seen','type':'boolean'}]}")
                        .replace('\'', '"'));
    }

    private static byte[] encoded(int id, Schema schema) throws IOException {
        Object visit = new GenericDatumReader<>(schema)
                .read(null, DecoderFactory.get().jsonDecoder(schema, VISIT.replace('\'', '"')));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[WireFormat.HEADER]);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema).write(visit, encoder);
        byte[] bytes = out.toByteArray();
        WireFormat.writeHeader(bytes, id);
        return bytes;
    }
}
