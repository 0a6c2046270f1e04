package dev.driftledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.SqlConnectOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AppendStatementTest {
    @Test
    void the_client_keeps_the_statement_prepared() {
        assertThat(
                        SqlConnectOptions.DEFAULT_PREPARED_STATEMENT_CACHE_FILTER.test(
                                AppendStatement.SQL))
                .as("%d characters", AppendStatement.SQL.length())
                .isTrue();
    }

    @Test
    void every_parameter_has_a_value() {
        // When
        int valuesCount = AppendStatement.tuple(new Logs("c1").batch(Map.of())).size();
        // Then
        assertThat(AppendStatement.SQL)
                .contains("$" + valuesCount + "::")
                .doesNotContain("$" + (valuesCount + 1));
    }
}
