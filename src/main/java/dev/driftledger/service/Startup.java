package dev.driftledger.service;

import dev.driftledger.cluster.ClustersConfig;
import dev.driftledger.event.EventConfig;
import dev.driftledger.intake.IntakeConfig;
import dev.driftledger.intake.Topics;
import dev.driftledger.store.LogStore;
import dev.driftledger.store.Migration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What must be right before anything runs: settings, topics, partitions of tables.
@ApplicationScoped
public class Startup {
    private static final Logger LOG = Logger.getLogger(Startup.class);

    /// Before the channels to Kafka open, which are at 1000.
    private static final int BEFORE_CHANNELS = 100;

    private static final String TOPICS = "topics";

    private final Map<String, Object> kafka;
    private final ServiceConfig service;
    private final IntakeConfig intake;
    private final EventConfig event;
    private final Migration migration;
    private final LogStore logs;
    private final Duties duties;
    private final Pipeline pipeline;
    private final Watchdog watchdog;
    private volatile @Nullable Thread waiting;

    Startup(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            ServiceConfig service,
            IntakeConfig intake,
            EventConfig event,
            Migration migration,
            LogStore logs,
            Duties duties,
            Pipeline pipeline,
            Watchdog watchdog) {
        this.kafka = kafka;
        this.service = service;
        this.intake = intake;
        this.event = event;
        this.migration = migration;
        this.logs = logs;
        this.duties = duties;
        this.pipeline = pipeline;
        this.watchdog = watchdog;
    }

    void check(
            @Observes @Priority(BEFORE_CHANNELS) StartupEvent started,
            ClustersConfig clusters,
            SourceConfig sources,
            ReadingRanges ranges) {
        Set<String> names = new TreeSet<>(clusters.byName().keySet());
        if (service.recording().isPresent()) {
            names.add(DutyFactory.RECORDING);
        }
        RecorderSettings.check(names, service, sources);
        new Ranges(service, intake, event).check();
        ranges.check();
        migration.run();
        askDatabase();
        firstPartitions();
        ensureTopics();
    }

    void begin(@Observes StartupEvent started) {
        duties.identify();
    }

    /// Everything ends in the order of the flow while database and Kafka can still be reached.
    void end(@Observes ShutdownEvent stopping) {
        Thread still = waiting;
        if (still != null) {
            still.interrupt();
        }
        duties.close();
        pipeline.close();
    }

    /// Tables are partitioned by month; the next ones are made long before they are needed.
    @Scheduled(every = "24h", delayed = "24h")
    void makePartitions() {
        logs.makePartitions().await().atMost(service.storeWaitMax());
    }

    /// The service asks by another client than the one that made the tables.
    private void askDatabase() {
        try {
            logs.ping().await().atMost(service.askWaitMax());
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    "quarkus.datasource.reactive.url",
                    "leads to no database that answers, it must name the same as"
                            + " quarkus.datasource.jdbc.url without jdbc: "
                            + e.getMessage());
        }
    }

    private void firstPartitions() {
        try {
            makePartitions();
        } catch (RuntimeException e) {
            throw new ConfigurationException(
                    "driftledger.store.migrate-at-start",
                    "must be true, or the migrations must have been run before: " + e.getMessage());
        }
    }

    private void ensureTopics() {
        try {
            Topics.ensure(kafka, wanted(), intake.createTopics(), service.askWaitMax());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            throw new io.quarkus.runtime.configuration.ConfigurationException(e.getMessage());
        } catch (TimeoutException e) {
            LOG.warnf(
                    "Kafka at %s does not answer; starting anyway, recording nothing until it does",
                    kafka.get("bootstrap.servers"));
            watchdog.down("kafka", "does not answer");
            waiting = Thread.ofVirtual().name("topics").start(this::ensureTopicsLater);
        }
    }

    /// Kafka came later than the service: nothing is made of its defaults meanwhile, because the
    /// consumer creates no topic and nothing is sent before it has one.
    private void ensureTopicsLater() {
        try {
            while (!areTopicsThere()) {
                Thread.sleep(service.retryPause());
            }
            watchdog.forget(TOPICS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean areTopicsThere() throws InterruptedException {
        try {
            Topics.ensure(kafka, wanted(), intake.createTopics(), service.askWaitMax());
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (IllegalStateException e) {
            LOG.errorf("topics are not as they must be, will look again: %s", e.getMessage());
            watchdog.down(TOPICS, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private List<Topics.Wanted> wanted() {
        String retention = Long.toString(intake.retention().toMillis());
        return List.of(
                new Topics.Wanted(
                        intake.topic(),
                        intake.partitions(),
                        intake.replication(),
                        Map.of(
                                "cleanup.policy",
                                "delete",
                                "retention.ms",
                                retention,
                                "max.message.bytes",
                                Integer.toString(intake.messageBytesMax()))),
                new Topics.Wanted(
                        event.topic(),
                        event.partitions(),
                        intake.replication(),
                        Map.of("cleanup.policy", "delete")),
                new Topics.Wanted(
                        event.checkpointTopic(),
                        1,
                        intake.replication(),
                        // Read whole at every hand-over: only closed segments are compacted.
                        Map.of("cleanup.policy", "compact", "segment.bytes", "16777216")));
    }
}
