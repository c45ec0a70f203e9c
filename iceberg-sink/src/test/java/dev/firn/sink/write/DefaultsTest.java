package dev.firn.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firn.sink.table.TableKind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a new column is for rows that were there before it, and for records that don't know it. */
class DefaultsTest {
    private static final String BEFORE = "{'name':'n','type':'int'}";
    private static final String FIELDS = """
            {'name':'flag','type':'boolean','default':true},
            {'name':'small','type':'int','default':-3},
            {'name':'large','type':'long','default':4},
            {'name':'ratio','type':'float','default':0.5},
            {'name':'share','type':'double','default':0.25},
            {'name':'text','type':'string','default':'größe'},
            {'name':'bytes','type':'bytes','default':'\\u0001\\u00ff'},
            {'name':'kind','type':{'type':'enum','name':'K','symbols':['A','B']},'default':'B'},
            {'name':'id','type':{'type':'string','logicalType':'uuid'},'default':'00000000-0000-0001-0000-000000000002'},
            {'name':'day','type':{'type':'int','logicalType':'date'},'default':1},
            {'name':'time','type':{'type':'int','logicalType':'time-millis'},'default':1000},
            {'name':'at','type':{'type':'long','logicalType':'timestamp-millis'},'default':2000},
            {'name':'price','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2},'default':'\\u0064'},
            {'name':'sum','type':{'type':'bytes','logicalType':'decimal','precision':30,'scale':2},'default':'\\u0064'},
            {'name':'either','type':['string','null'],'default':'x'},
            {'name':'none','type':['null','string'],'default':null},
            {'name':'list','type':{'type':'array','items':'int'},'default':[]}""";

    @Test
    void shouldReadTheDefaultWhereARowHasNoValueWhenTheFormatKnowsDefaults() {
        // When
        List<Record> rows = rows(3);

        // Then
        Map<String, @Nullable Object> defaults = new HashMap<>();
        defaults.put("flag", true);
        defaults.put("small", -3);
        defaults.put("large", 4L);
        defaults.put("ratio", 0.5f);
        defaults.put("share", 0.25);
        defaults.put("text", "größe");
        defaults.put("bytes", ByteBuffer.wrap(new byte[] {1, (byte) 0xff}));
        defaults.put("kind", "B");
        defaults.put("id", new UUID(1, 2));
        defaults.put("day", LocalDate.EPOCH.plusDays(1));
        defaults.put("time", LocalTime.ofSecondOfDay(1));
        defaults.put("at", OffsetDateTime.of(1970, 1, 1, 0, 0, 2, 0, ZoneOffset.UTC));
        defaults.put("price", new BigDecimal("1.00"));
        defaults.put("sum", new BigDecimal("1.00"));
        defaults.put("either", "x");
        defaults.put("none", null);
        defaults.put("list", null);
        assertThat(rows)
                .hasSize(2)
                .allSatisfy(row -> defaults.forEach((column, value) ->
                        assertThat(row.getField(column)).as(column).isEqualTo(value)));
    }

    @Test
    void shouldBeNullWhereARowHasNoValueWhenTheFormatKnowsNoDefaults() {
        assertThat(rows(2))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.getField("text")).isNull());
    }

    /** One of before the columns were there, and one of a producer that does not know them yet. */
    private static List<Record> rows(int version) {
        Sandbox sandbox = new Sandbox(TableKind.PLAIN);
        Schema before = schema(BEFORE);
        int id = sandbox.registry.add(before);
        Table table = sandbox.table(before);
        table.updateProperties()
                .set("format-version", Integer.toString(version))
                .commit();
        sandbox.append(table, sandbox.record(Sandbox.framed(id, new byte[] {2})));
        sandbox.evolve(table, schema(BEFORE + "," + FIELDS));
        sandbox.append(table, sandbox.record(Sandbox.framed(id, new byte[] {4})));
        return Sandbox.read(table);
    }

    private static Schema schema(String fields) {
        return new Schema.Parser().parse(("{'type':'record','name':'R','fields':[" + fields + "]}").replace('\'', '"'));
    }
}
