package dev.firn.generator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firn.config.ConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LinesTest {
    @Test
    void shouldTellWhereEachRowBeginsWhenValuesSpanLines() throws IOException {
        // When
        List<String> read = csv("id,text\n1,\"two\nlines\"\n\n2,\"\"\n3,\n");

        // Then
        assertThat(read).containsExactly("2 {id=1, text=two\nlines}", "5 {id=2, text=}", "6 {id=3}");
    }

    @Test
    void shouldGoOnBehindBadLinesWhenCsvIsBroken() throws IOException {
        // When
        List<String> read = csv("id,text\n1,a\n2\n3,a,b\n4,\"a\" b\n5,b\n");

        // Then
        assertThat(read)
                .containsExactly(
                        "2 {id=1, text=a}",
                        "3 1 values, and the header has 2",
                        "4 3 values, and the header has 2",
                        "5 no CSV: a quote is open, or text stands behind a closed one",
                        "6 {id=5, text=b}");
    }

    @Test
    void shouldRefuseHeaderWhenNamesAreMissingOrDouble() {
        assertThatThrownBy(() -> csv("a,,b\n")).isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> csv("a,b,a\n")).hasMessage("header: column 3 is called 'a', and so is another");
    }

    @Test
    void shouldReadWhatOtherProgramsWriteWhenTextHasMarkAndIsCompressed() throws IOException {
        // Given
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("\uFEFFid;text\r\n1;ä\r\n".getBytes(StandardCharsets.UTF_8));
        }

        // When
        List<String> read = all(new CsvLines(
                SourceStream.of(new ByteArrayInputStream(zipped.toByteArray()), zipped.size(), true), ';'));

        // Then
        assertThat(read).containsExactly("2 {id=1, text=ä}");
    }

    @Test
    void shouldGoOnBehindBadLinesWhenJsonIsBroken() throws IOException {
        // When
        List<String> read =
                jsonl("{\"a\": 1.10, \"b\": {\"c\": null}}\n\n[1]\n{\"a\": 1\n{\"a\":1,\"a\":2}\n{} {}\n{\"z\":true}");

        // Then
        assertThat(read).hasSize(6);
        assertThat(read.get(0)).isEqualTo("1 {a=1.10, b={c=null}}");
        assertThat(read.subList(1, 5)).allMatch(line -> line.contains("no JSON object"));
        assertThat(read.get(5)).isEqualTo("7 {z=true}");
    }

    @Test
    void shouldNotFillTheMemoryWhenThereAreNoLines() throws IOException {
        // Given
        String endless = "[" + "1234567,".repeat(3_000_000);

        // When
        List<String> read = jsonl(endless + "\n{\"a\":1}\n");

        // Then
        assertThat(read).hasSize(2).element(0).asString().startsWith("1 longer than 16777216 characters");
    }

    private static List<String> csv(String text) throws IOException {
        return all(new CsvLines(stream(text), ','));
    }

    private static List<String> jsonl(String text) throws IOException {
        return all(new JsonLines(stream(text)));
    }

    private static SourceStream stream(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            return SourceStream.of(new ByteArrayInputStream(bytes), bytes.length, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> all(Lines lines) throws IOException {
        List<String> read = new ArrayList<>();
        try (lines) {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                read.add(line.number() + " "
                        + (line instanceof Line.Row row ? row.values() : ((Line.Bad) line).problem()));
            }
        }
        assertThat(lines.done()).isEqualTo(1);
        return read;
    }
}
