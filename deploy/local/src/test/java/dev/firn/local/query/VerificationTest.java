package dev.firn.local.query;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTest {
    private static final Schema SCHEMA = new Schema(
            required(1, "transaction_type", Types.StringType.get()), required(2, "quantity", Types.LongType.get()));
    private static final String TRUTH = """
            {"seed": 7, "complete": true, "topics": {}, "expectations": [
              {"table": "silver.sales", "what": "rows", "measure": "count(*)", "filter": null, "expected": "3"},
              {"table": "silver.sales", "what": "refunded", "measure": "coalesce(sum(quantity), 0)",
               "filter": "transaction_type = 'Refund'", "expected": "8"},
              {"table": "silver.none", "what": "rows", "measure": "count(*)", "expected": "0"},
              {"table": "silver.none", "what": "sum", "measure": "sum(x)", "expected": "1"},
              {"table": "silver.sales", "what": "digest",
               "measure": "sum(md5_number_lower(concat_ws('|', transaction_type, quantity)))",
               "filter": "quantity = 0", "expected": "null"}
            ]}
            """;

    @TempDir
    Path folder;

    @Test
    void shouldNameEachExpectationThatDoesNotHold() throws IOException {
        // Given
        try (Lake lake = new Lake(folder)) {
            Table table = lake.create("silver.sales", SCHEMA, PartitionSpec.unpartitioned(), 2);
            Lake.append(
                    table,
                    List.of(
                            Lake.record(SCHEMA, "Sale", 1L),
                            Lake.record(SCHEMA, "Refund", 2L),
                            Lake.record(SCHEMA, "Refund", 5L)));
        }

        // When
        Verdict verdict = Verification.of(folder, Truth.parse(TRUTH));

        // Then
        assertThat(verdict.differences())
                .extracting(Difference::text)
                .containsExactly(
                        "silver.sales: refunded: expected 8, found 7",
                        "silver.none: sum: expected 1, found no such table");
        assertThat(verdict.summary()).isEqualTo("NOT verified: 2 of 5 expectations over 2 tables do not hold");
    }

    @Test
    void shouldTellHowManyRowsShowPersonalDataAndNotWhat() throws IOException {
        // Given
        Schema schema = new Schema(
                optional(1, "name", Types.StringType.get()),
                optional(2, "tags", Types.ListType.ofOptional(3, Types.StringType.get())),
                optional(4, "_doc", Types.StringType.get()));
        Schema ofQuarantine = new Schema(
                required(1, "detail", Types.StringType.get()),
                optional(2, "field", Types.StringType.get()),
                required(3, "value", Types.StringType.get()));
        try (Lake lake = new Lake(folder)) {
            Lake.append(
                    lake.create("silver.people", schema, PartitionSpec.unpartitioned(), 2),
                    List.of(
                            Lake.record(
                                    schema, "***", List.of("Ada lives here"), "{\"name\":\"***\",\"n\":5551234567}"),
                            Lake.record(schema, "Ada", null, null),
                            Lake.record(schema, null, List.of("x", "Ada"), null),
                            Lake.record(schema, null, null, "{\"a\":{\"name\":\"Ada\"}}"),
                            Lake.record(schema, "write to ada@x.example.", null, null),
                            Lake.record(schema, null, null, "{\"note\":\"from ada@x.example, she said\"}")));
            Lake.append(
                    lake.create("gold.sums", schema, PartitionSpec.unpartitioned(), 2),
                    List.of(Lake.record(schema, "Adam", List.of("ada@x.example.org"), "{}")));
            Lake.append(
                    lake.create("bronze.people", schema, PartitionSpec.unpartitioned(), 2),
                    List.of(Lake.record(schema, "Ada", null, null)));
            Lake.append(
                    lake.create("ops.quarantine", ofQuarantine, PartitionSpec.unpartitioned(), 2),
                    List.of(
                            Lake.record(ofQuarantine, "email: not-blank", "email", "ada@x.example"),
                            Lake.record(ofQuarantine, "bad: ada@x.example", null, "x")));
        }
        String truth = """
                {"complete": true, "expectations": [
                  {"table": "bronze.people", "what": "rows", "measure": "count(*)", "expected": "1"}],
                  "personal": {"texts": ["Ada"], "words": ["ada@x.example"]}}
                """;

        // When
        Verdict verdict = Verification.of(folder, Truth.parse(truth));

        // Then
        assertThat(verdict.differences())
                .extracting(Difference::text)
                .containsExactlyInAnyOrder(
                        "silver.people: rows with personal data: expected 0, found 5",
                        "ops.quarantine: rows with personal data: expected 0, found 1");
        assertThat(verdict.holds()).isFalse();
    }
}
