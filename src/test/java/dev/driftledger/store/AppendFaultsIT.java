package dev.driftledger.store;

import static dev.driftledger.store.StoreFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.driftledger.model.Digest;
import dev.driftledger.recorder.ContentBytes;
import dev.driftledger.recorder.Decision;
import dev.driftledger.recorder.StateChange;
import dev.driftledger.testkit.CuttingProxy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every way in which an append can break off: the caller sees a failure, and what is stored is all
/// of the batch or nothing.
final class AppendFaultsIT {
    private StoreFixture store;
    private CuttingProxy proxy;
    private Pool pool;
    private LogStore logs;

    /// Where the append breaks.
    enum Fault {
        /// The request never reached the server.
        REQUEST_LOST(false),
        /// The server got half of the request.
        REQUEST_CUT(false),
        /// The server committed, its answer was lost.
        ANSWER_LOST(true);

        final boolean persisted;

        Fault(boolean persisted) {
            this.persisted = persisted;
        }
    }

    @BeforeEach
    void start() {
        store = StoreFixture.start();
        proxy = CuttingProxy.to(store.postgres().port());
        pool = store.postgres().pool(1, proxy.port());
        logs = new LogStore(pool, new LogFilesStore(pool), StoreFixture.config());
    }

    @AfterEach
    void stop() {
        pool.closeAndAwait();
        proxy.close();
        store.close();
    }

    private StoredLog load(Logs log) {
        return await(store.logs().load(log.cluster(), "test/" + log.cluster().uid()));
    }

    private Batch batch(Logs log) {
        byte[] content = "content".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return log.heartbeats(600, 1)
                .batch(
                        Map.of(
                                Digest.of(content),
                                new Decision.Blob("text/plain", new ContentBytes(content))),
                        new StateChange("p", "k" + log.offset(), TextNode.valueOf("v")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_broken_append_is_stored_whole_or_not_at_all(Fault fault) throws SQLException {
        // Given
        Logs log = new Logs(fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        load(log);
        await(logs.append(batch(log)));
        StoredLog before = load(log);
        Batch batch = batch(log);
        switch (fault) {
            case REQUEST_LOST -> proxy.cutRequestsAfter(0);
            case REQUEST_CUT -> proxy.cutRequestsAfter(batch.sizeBytes() / 2);
            case ANSWER_LOST -> proxy.loseAnswers();
        }
        // When
        Throwable failure = catchThrowable(() -> await(logs.append(batch)));
        proxy.heal();
        // Then
        assertThat(failure).isNotNull();
        StoredLog after = load(log);
        assertThat(after.size()).isEqualTo(fault.persisted ? 1200 : 600);
        assertThat(after.intakeOffset())
                .isEqualTo(fault.persisted ? batch.newOffset() : before.intakeOffset());
        assertThat(after.frontier())
                .isEqualTo(fault.persisted ? log.frontier() : before.frontier());
        assertThat(await(store.logs().rehash(log.cluster().uid(), 0, after.size())))
                .hasSize((int) after.size());
        assertThat(await(store.logs().loadState(after).collect().asList()))
                .hasSize(fault.persisted ? 2 : 1);
        assertThat(rowsBeyond(after.size())).isZero();
        AppendOutcome again = await(store.logs().append(batch));
        assertThat(again)
                .isEqualTo(
                        fault.persisted
                                ? new AppendOutcome.LostOwnership(1200, batch.newOffset())
                                : new AppendOutcome.Appended(1200));
    }

    private int rowsBeyond(long size) throws SQLException {
        try (Connection connection = store.postgres().connect("postgres");
                Statement sql = connection.createStatement();
                java.sql.ResultSet rows =
                        sql.executeQuery(
                                "SELECT (SELECT count(*) FROM entry WHERE idx >= "
                                        + size
                                        + ")"
                                        + " + (SELECT count(*) FROM batch WHERE first_index >= "
                                        + size
                                        + ") + (SELECT count(*) FROM tile_hash"
                                        + " WHERE (idx + 1) * 256 > "
                                        + size
                                        + ")")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void a_backend_killed_while_it_waits_stores_nothing() throws Exception {
        // Given
        Logs log = new Logs("killed");
        load(log);
        Batch batch = batch(log);
        try (Connection other = store.postgres().connect("postgres");
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.execute("SELECT FROM log WHERE cluster = 'killed' FOR UPDATE");
            // When
            CompletableFuture<AppendOutcome> append =
                    logs.append(batch).subscribeAsCompletionStage();
            String waiting =
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE wait_event_type = 'Lock' AND datname = current_database()";
            Uni<Boolean> killed =
                    Uni.createFrom()
                            .item(() -> killed(waiting))
                            .repeat()
                            .until(done -> done)
                            .collect()
                            .last()
                            .replaceWith(true);
            await(killed);
            Throwable failure = catchThrowable(append::join);
            other.rollback();
            // Then
            assertThat(failure).isNotNull();
        }
        assertThat(load(log).size()).isZero();
        assertThat(await(store.logs().append(batch))).isEqualTo(new AppendOutcome.Appended(600));
    }

    private boolean killed(String statement) {
        try (Connection connection = store.postgres().connect("postgres");
                Statement sql = connection.createStatement();
                java.sql.ResultSet rows = sql.executeQuery(statement)) {
            rows.next();
            return rows.getInt(1) == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask who waits", e);
        }
    }
}
