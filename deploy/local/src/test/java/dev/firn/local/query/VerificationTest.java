package dev.firn.local.query;

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
}
