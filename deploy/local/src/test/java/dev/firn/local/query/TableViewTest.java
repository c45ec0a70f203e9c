package dev.firn.local.query;

import static java.util.Objects.requireNonNull;
import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableViewTest {
    private static final Schema SIMPLE =
            new Schema(required(1, "id", Types.LongType.get()), optional(2, "name", Types.StringType.get()));
    private static final PartitionSpec NONE = PartitionSpec.unpartitioned();

    @TempDir
    Path folder;

    Lake lake;

    @BeforeEach
    void open() {
        lake = new Lake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void shouldShowRowsOfAllFilesWhenNothingIsDeleted() {
        // Given
        Table table = lake.create("bronze.a", SIMPLE, NONE, 2);
        Lake.append(table, rows(1, "one", 2, "two"));
        Lake.append(table, rows(3, null));

        // When
        String answer = csv("SELECT * FROM bronze.a ORDER BY id");

        // Then
        assertThat(answer).isEqualTo("id,name\n1,one\n2,two\n3,\n");
    }

    @Test
    void shouldLeaveOutRowsWhenPositionDeletesNameThem() {
        // Given
        Table table = lake.create("bronze.a", SIMPLE, NONE, 2);
        DataFile file = Lake.append(table, rows(1, "one", 2, "two", 3, "three"));
        Lake.append(table, rows(4, "four"));
        Lake.deletePositions(table, file, 0, 2);

        // When
        String answer = csv("SELECT id FROM bronze.a ORDER BY id");

        // Then
        assertThat(answer).isEqualTo("id\n2\n4\n");
    }

    @Test
    void shouldLeaveOutRowsWhenDeletionVectorNamesThem() {
        // Given
        Table table = lake.create("bronze.a", SIMPLE, NONE, 3);
        DataFile first = Lake.append(table, rows(1, "one", 2, "two", 3, "three"));
        DataFile second = Lake.append(table, rows(4, "four", 5, "five"));
        Lake.deleteByVector(table, first, 1);
        Lake.deleteByVector(table, second, 0);

        // When
        String answer = csv("SELECT id FROM bronze.a ORDER BY id");

        // Then
        assertThat(answer).isEqualTo("id\n1\n3\n5\n");
    }

    @Test
    void shouldLeaveOutOlderRowsOnlyWhenEqualityDeleteMatches() {
        // Given
        Table table = lake.create("bronze.a", SIMPLE, NONE, 2);
        Schema key = table.schema().select("name");
        Lake.append(table, rows(1, "one", 2, "two", 3, "one"));
        Lake.deleteEqual(table, key, Lake.record(key, "one"));
        Lake.append(table, rows(4, "one"));

        // When
        String answer = csv("SELECT id FROM bronze.a ORDER BY id");

        // Then
        assertThat(answer).isEqualTo("id\n2\n4\n");
    }

    @Test
    void shouldCountRowsTwiceWhenFileIsAddedTwice() {
        // Given
        Table table = lake.create("bronze.a", SIMPLE, NONE, 2);
        DataFile file = Lake.append(table, rows(1, "one", 2, "two"));
        table.newAppend().appendFile(file).commit();

        // When
        String answer = csv("SELECT count(*) AS n FROM bronze.a");

        // Then
        assertThat(answer).isEqualTo("n\n4\n");
    }

    @Test
    void shouldFindColumnsByIdWhenSchemaEvolved() {
        // Given
        Table table = lake.create(
                "bronze.a",
                new Schema(
                        required(1, "id", Types.IntegerType.get()),
                        optional(2, "name", Types.StringType.get()),
                        optional(3, "gone", Types.StringType.get())),
                NONE,
                2);
        Lake.append(table, List.of(Lake.record(table.schema(), 1, "one", "x")));
        table.updateSchema()
                .renameColumn("name", "title")
                .updateColumn("id", Types.LongType.get())
                .deleteColumn("gone")
                .commit();
        table.updateSchema().addColumn("name", Types.DoubleType.get()).commit();
        Lake.append(table, List.of(Lake.record(table.schema(), 5_000_000_000L, "two", 2.5)));

        // When
        String answer = csv("SELECT *, typeof(id) AS type FROM bronze.a ORDER BY id");

        // Then
        assertThat(answer).isEqualTo("id,title,name,type\n1,one,,BIGINT\n5000000000,two,2.5,BIGINT\n");
    }

    @Test
    void shouldFillNestedFieldsWithNullWhenTheyCameLater() {
        // Given
        Types.StructType inner = Types.StructType.of(optional(3, "a", Types.IntegerType.get()));
        Table table = lake.create("bronze.a", new Schema(optional(1, "s", inner)), NONE, 2);
        Lake.append(
                table,
                List.of(Lake.record(
                        table.schema(),
                        Lake.record(table.schema().findType("s").asStructType().asSchema(), 7))));
        table.updateSchema().addColumn("s", "b", Types.StringType.get()).commit();

        // When
        String answer = csv("SELECT s.a, s.b FROM bronze.a");

        // Then
        assertThat(answer).isEqualTo("a,b\n7,\n");
    }

    @Test
    void shouldFindNestedFieldsByIdWhenStructsInListsAndMapsEvolved() {
        // Given
        Types.StructType inner = Types.StructType.of(
                optional(10, "a", Types.IntegerType.get()), optional(11, "gone", Types.StringType.get()));
        Table table = lake.create(
                "bronze.a",
                new Schema(
                        optional(1, "l", Types.ListType.ofOptional(2, inner)),
                        optional(
                                3,
                                "m",
                                Types.MapType.ofOptional(
                                        4,
                                        5,
                                        Types.StringType.get(),
                                        Types.StructType.of(optional(12, "x", Types.IntegerType.get()))))),
                NONE,
                2);
        Schema element = table.schema().findType("l.element").asStructType().asSchema();
        Schema value = table.schema().findType("m.value").asStructType().asSchema();
        Lake.append(
                table,
                List.of(
                        Lake.record(
                                table.schema(),
                                List.of(Lake.record(element, 7, "old")),
                                Map.of("k", Lake.record(value, 8))),
                        Lake.record(table.schema(), null, null)));
        table.updateSchema()
                .renameColumn("l.element.a", "b")
                .deleteColumn("l.element.gone")
                .updateColumn("m.value.x", Types.LongType.get())
                .commit();
        table.updateSchema()
                .addColumn("l.element", "gone", Types.StringType.get())
                .moveFirst("l.element.gone")
                .commit();

        // When
        String answer = csv("SELECT l, m, l[1].b AS b, l[1].gone AS gone, typeof(m['k'].x) AS x FROM bronze.a");

        // Then
        assertThat(answer).isEqualTo("""
                        l,m,b,gone,x
                        "[{""gone"":null,""b"":7}]","{""k"":{""x"":8}}",7,,BIGINT
                        ,,,,BIGINT
                        """);
    }

    @Test
    void shouldReadOldAndNewFilesWhenPartitioningEvolved() {
        // Given
        Schema schema =
                new Schema(required(1, "id", Types.LongType.get()), required(2, "at", Types.TimestampType.withZone()));
        Table table = lake.create("bronze.a", schema, NONE, 2);
        Lake.append(table, List.of(Lake.record(schema, 1L, OffsetDateTime.parse("2026-01-01T01:00:00+01:00"))));
        table.updateSpec().addField(Expressions.day("at")).commit();
        Lake.append(table, List.of(Lake.record(schema, 2L, OffsetDateTime.parse("2026-01-02T00:00:00.123456Z"))));

        // When
        String answer = csv("SELECT * FROM bronze.a ORDER BY id");

        // Then
        assertThat(answer).isEqualTo("id,at\n1,2026-01-01 00:00:00+00\n2,2026-01-02 00:00:00.123456+00\n");
    }

    @Test
    void shouldGiveEarlierRowsTheDefaultWhenColumnHasOne() {
        // Given
        Table table = lake.create("bronze.a", SIMPLE, NONE, 3);
        Lake.append(table, rows(1, "one"));
        table.updateSchema()
                .addColumn("price", Types.DecimalType.of(12, 2), Literal.of(new BigDecimal("1.10")))
                .commit();

        // When
        String answer = csv("SELECT * FROM bronze.a");

        // Then
        assertThat(answer).isEqualTo("id,name,price\n1,one,1.10\n");
    }

    @Test
    void shouldGiveTypedEmptyViewWhenTableHasNoRows() {
        // Given
        lake.create(
                "bronze.a",
                new Schema(
                        optional(1, "m", Types.MapType.ofOptional(2, 3, Types.StringType.get(), Types.LongType.get())),
                        optional(4, "d", Types.DecimalType.of(12, 2)),
                        optional(5, "t", Types.TimestampType.withZone())),
                NONE,
                2);

        // When
        String answer = csv("SELECT column_name, column_type FROM (DESCRIBE bronze.a)");

        // Then
        assertThat(answer).isEqualTo("""
                        column_name,column_type
                        m,"MAP(VARCHAR, BIGINT)"
                        d,"DECIMAL(12,2)"
                        t,TIMESTAMP WITH TIME ZONE
                        """);
    }

    @Test
    void shouldKeepTypesInJsonWhenNested() {
        // Given
        Schema schema = new Schema(
                optional(1, "m", Types.MapType.ofOptional(2, 3, Types.StringType.get(), Types.LongType.get())),
                optional(4, "d", Types.DecimalType.of(12, 2)),
                optional(5, "f", Types.DoubleType.get()),
                optional(6, "b", Types.BooleanType.get()));
        Table table = lake.create("bronze.a", schema, NONE, 2);
        Lake.append(
                table, List.of(Lake.record(table.schema(), Map.of("k", 1L), new BigDecimal("1.10"), Double.NaN, true)));

        // When
        String answer = answer("SELECT *, d, 'x\"y' AS s FROM bronze.a", Format.JSON);

        // Then
        assertThat(answer)
                .isEqualTo(
                        "[\n{\"m\":{\"k\":1},\"d\":1.10,\"f\":\"nan\",\"b\":true,\"d_1\":1.10,\"s\":\"x\\\"y\"}\n]\n");
    }

    @Test
    void shouldAlignColumnsWhenFormatIsTable() {
        // Given
        Table table = lake.create("gold.a", SIMPLE, NONE, 2);
        Lake.append(table, rows(1, "one", 20, null));

        // When
        String answer = answer("SELECT id, name FROM a ORDER BY id", Format.TABLE);

        // Then
        assertThat(answer.lines()).containsExactly("id  name", "--  ----", " 1  one", "20  NULL", "(2 rows)");
    }

    @Test
    void shouldNameAllTablesWhenAskedWhichThereAre() {
        // Given
        lake.create("bronze.a", SIMPLE, NONE, 2);
        lake.create("gold.b", SIMPLE, NONE, 2);

        // When
        String answer = csv("SELECT table_schema, table_name FROM information_schema.tables"
                + " WHERE table_schema IN ('bronze', 'gold') ORDER BY ALL");

        // Then
        assertThat(answer).isEqualTo("table_schema,table_name\nbronze,a\ngold,b\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP VIEW bronze.a",
                "COPY (SELECT 1) TO 's3/out.csv'",
                "SET enable_external_access = true",
                "ATTACH 'other.db'",
                "SELECT 1; SELECT 2",
                "SELECT 1) AS x; DROP VIEW bronze.a; SELECT (1",
                "SELEC 1",
                "SELECT * FROM bronze.missing",
                "SELECT * FROM read_text('/etc/hostname')",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM glob('/etc/*')",
                ""
            })
    void shouldRefuseWhatDoesNotReadTables(String sql) {
        // Given
        lake.create("bronze.a", SIMPLE, NONE, 2);

        // When
        var refusal = assertThatThrownBy(() -> csv(sql));

        // Then
        refusal.isInstanceOfAny(QueryException.class, SQLException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT * FROM missing            | no table missing; there are bronze.a
                    SELECT nope FROM a               | Referenced column "nope" not found
                    SELECT CAST(name AS INT) FROM a  | Could not convert string 'one' to INT32
                    DELETE FROM a                    | tables are only read here
                    """)
    void shouldSayInOneLineWhatIsWrong(String sql, String message) {
        // Given
        Lake.append(lake.create("bronze.a", SIMPLE, NONE, 2), rows(1, "one"));

        // When
        var failure = assertThatThrownBy(() -> csv(sql));

        // Then
        failure.isInstanceOf(QueryException.class).hasMessageContaining(message).hasMessageNotContaining("\n");
    }

    private String csv(String sql) {
        return answer(sql, Format.CSV);
    }

    private String answer(String sql, Format format) {
        StringWriter text = new StringWriter();
        try (Warehouse warehouse = lake.warehouse()) {
            Query.run(warehouse, sql, format.to(new PrintWriter(text)));
        }
        return text.toString();
    }

    private static List<Record> rows(@Nullable Object... idsAndNames) {
        List<Record> rows = new ArrayList<>();
        for (int i = 0; i < idsAndNames.length; i += 2) {
            rows.add(Lake.record(SIMPLE, ((Integer) requireNonNull(idsAndNames[i])).longValue(), idsAndNames[i + 1]));
        }
        return rows;
    }
}
