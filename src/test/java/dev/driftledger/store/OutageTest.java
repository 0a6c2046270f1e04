package dev.driftledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57P03", "53300", "40001", "25006", "58030"})
    void a_database_that_goes_or_is_busy_is_away(String sqlState) {
        assertThat(Outage.isOne(answer(sqlState))).isTrue();
        assertThat(Outage.isOne(new CompletionException(answer(sqlState)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23514", "22021", "42P01", "42501", "54000", "XX001", ""})
    void a_database_that_refuses_is_not_away(String sqlState) {
        assertThat(Outage.isOne(answer(sqlState))).isFalse();
    }

    @Test
    void a_network_that_breaks_is_an_outage_and_a_defect_is_none() {
        assertThat(Outage.isOne(new VertxException("closed", true))).isTrue();
        assertThat(Outage.isOne(new CompletionException(new IOException("reset")))).isTrue();
        assertThat(Outage.isOne(new CompletionException(new TimeoutException()))).isTrue();
        assertThat(Outage.isOne(new io.smallrye.mutiny.TimeoutException())).isTrue();
        assertThat(Outage.isOne(new MovedLogException("moved"))).isTrue();
        assertThat(Outage.isOne(new NullPointerException())).isFalse();
        assertThat(Outage.isOne(new IllegalStateException("closed"))).isFalse();
        assertThat(Outage.isOne(new DamagedStoreException("c-1", "torn"))).isFalse();
        assertThat(Outage.isOne(new UncheckedIOException(new IOException("no JSON")))).isFalse();
    }

    private static PgException answer(String sqlState) {
        return new PgException("words", "ERROR", sqlState, "detail");
    }
}
