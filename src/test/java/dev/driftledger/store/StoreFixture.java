package dev.driftledger.store;

import dev.driftledger.testkit.PostgresFixture;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.hibernate.cfg.Configuration;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;

/// The store on a fresh database, without Quarkus.
public final class StoreFixture implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(60);

    private final PostgresFixture postgres;
    private final StoreConfig config = config();
    private final LogFilesStore files;
    private final LogStore logs;
    private final Mutiny.SessionFactory sessions;
    private final Queries queries;

    private StoreFixture(PostgresFixture postgres) {
        this.postgres = postgres;
        this.files = new LogFilesStore(postgres.pool());
        this.logs = new LogStore(postgres.pool(), files, config);
        this.sessions = sessions(postgres);
        this.queries = new Queries(sessions, files, config);
    }

    private static Mutiny.SessionFactory sessions(PostgresFixture postgres) {
        Configuration configuration = new Configuration();
        configuration.addAnnotatedClasses(EntryRow.class, LogRow.class, CheckpointRow.class);
        configuration.setProperty("hibernate.connection.url", postgres.reactiveUrl());
        configuration.setProperty("hibernate.connection.username", PostgresFixture.SERVICE);
        configuration.setProperty("hibernate.connection.password", "");
        configuration.setProperty("hibernate.connection.pool_size", "4");
        return configuration
                .buildSessionFactory(
                        new ReactiveServiceRegistryBuilder()
                                .applySettings(configuration.getProperties())
                                .build())
                .unwrap(Mutiny.SessionFactory.class);
    }

    /// Opens the store on a fresh database.
    public static StoreFixture start() {
        return new StoreFixture(PostgresFixture.start());
    }

    /// The default configuration.
    public static StoreConfig config() {
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(StoreConfig.class)
                        .withConverters(
                                new org.eclipse.microprofile.config.spi.Converter<?>[] {
                                    new io.quarkus.runtime.configuration.MemorySizeConverter()
                                })
                        .withConverter(
                                Duration.class,
                                200,
                                new io.quarkus.runtime.configuration.DurationConverter())
                        .build();
        return config.getConfigMapping(StoreConfig.class);
    }

    /// The database.
    public PostgresFixture postgres() {
        return postgres;
    }

    /// Logs as owners write them.
    public LogStore logs() {
        return logs;
    }

    /// Logs as readers see them.
    public LogFilesStore files() {
        return files;
    }

    /// Questions.
    public Queries queries() {
        return queries;
    }

    /// The value, waited for.
    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(WAIT);
    }

    @Override
    public void close() {
        sessions.close();
        postgres.close();
    }
}
