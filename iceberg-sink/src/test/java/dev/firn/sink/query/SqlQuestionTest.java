package dev.firn.sink.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlQuestionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "  with a AS (SELECT 1) SELECT * FROM a",
                "-- how many\nselect count(*) FROM t",
                "/* INSERT\n*/ (SELECT 1)",
                "SHOW TABLES",
                "DESCRIBE t"
            })
    void shouldTakeAStatementWhenItReads(String sql) throws SqlException {
        assertThat(SqlQuestion.of(sql).text()).isEqualTo(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- SELECT",
                "INSERT INTO t VALUES (1)",
                "-- SELECT\rDELETE FROM t",
                "/* SELECT */ DROP TABLE t",
                "/* SELECT",
                "selected",
                "CALL system.rollback_to_snapshot('a', 'b', 1)",
                "EXPLAIN ANALYZE DELETE FROM t"
            })
    void shouldRefuseAStatementWhenItMightNotOnlyRead(String sql) {
        assertThatThrownBy(() -> SqlQuestion.of(sql))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("only read");
    }

    @Test
    void shouldLeaveOutTheEndWhenThereIsOne() throws SqlException {
        assertThat(SqlQuestion.of("SELECT ';' ; \n;").text()).isEqualTo("SELECT ';'");
    }
}
