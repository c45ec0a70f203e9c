package dev.firn.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.firn.quarantine.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 0x01020304, Integer.MAX_VALUE, -1})
    void shouldReadIdWhenItWasWritten(int id) {
        // Given
        byte[] record = new byte[WireFormat.HEADER];
        WireFormat.writeHeader(record, id);

        // When
        int read = WireFormat.schemaId(record);

        // Then
        assertThat(read).isEqualTo(id);
    }

    @Test
    void shouldGiveReasonWhenThereIsNoHeader() {
        assertThat(reason(null)).isEqualTo(Reason.NULL_VALUE);
        assertThat(reason(new byte[0])).isEqualTo(Reason.BAD_MAGIC);
        assertThat(reason(new byte[4])).isEqualTo(Reason.BAD_MAGIC);
        assertThat(reason(new byte[] {1, 0, 0, 0, 1, 0})).isEqualTo(Reason.BAD_MAGIC);
    }

    private static Reason reason(byte @Nullable [] record) {
        return assertThatExceptionOfType(UndecodableException.class)
                .isThrownBy(() -> WireFormat.schemaId(record))
                .actual()
                .reason();
    }
}
