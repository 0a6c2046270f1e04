package dev.driftledger.service;

import dev.driftledger.event.EventConfig;
import dev.driftledger.intake.IntakeConfig;
import java.time.Duration;

/// Refuses numbers with which the service would stand still or fall over.
record Ranges(ServiceConfig service, IntakeConfig intake, EventConfig event) {
    /// @throws ConfigurationException for the first number out of its range
    void check() {
        require("driftledger.service.batch-count", service.batchCount(), 1, 10_000);
        require(
                "driftledger.service.blob-cache-bytes",
                service.blobCacheBytes(),
                1 << 20,
                1L << 40);
        require("driftledger.intake.partitions", intake.partitions(), 1, 1_000);
        require("driftledger.intake.buffer-count", intake.bufferCount(), 1, 100_000);
        require(
                "driftledger.intake.message-bytes-max",
                intake.messageBytesMax(),
                2 << 20,
                64 << 20);
        require(
                "driftledger.intake.record-bytes-max",
                intake.recordBytesMax(),
                1 << 20,
                intake.messageBytesMax() - (1 << 20));
        require(
                "driftledger.service.batch-content-bytes",
                service.batchContentBytes(),
                1 << 16,
                64 << 20);
        require("driftledger.service.store-wait-max", service.storeWaitMax(), 1, 600);
        require("driftledger.service.ask-wait-max", service.askWaitMax(), 1, 60);
        require("driftledger.service.load-wait-max", service.loadWaitMax(), 1, 3_600);
        require("driftledger.service.retry-pause", service.retryPause(), 1, 600);
        require("driftledger.service.silence-max", service.silenceMax(), 10, 86_400);
        require("driftledger.event.timeout", event.timeout(), 1, 600);
        require("driftledger.event.partitions", event.partitions(), 1, 1_000);
        require("driftledger.event.batch-count", event.batchCount(), 1, 10_000);
        Duration delay = service.checkpointDelay();
        if (delay.toMillis() < 10 || delay.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new ConfigurationException(
                    "driftledger.service.checkpoint-delay",
                    "is " + delay + "; set it between 10ms and 1m");
        }
        if (!service.origin().matches("[^\\s+]{1,200}")) {
            throw new ConfigurationException(
                    "driftledger.service.origin",
                    "is '"
                            + service.origin()
                            + "'; set a URL prefix without scheme, of at most 200 characters and"
                            + " without spaces and '+', such as evidence.example.com/log");
        }
        if (!(service.recordingSpeed() >= 0)) {
            throw new ConfigurationException(
                    "driftledger.service.recording-speed",
                    "is " + service.recordingSpeed() + "; set 0 or more");
        }
    }

    static void require(String key, Duration value, long minSeconds, long maxSeconds) {
        if (value.compareTo(Duration.ofSeconds(minSeconds)) < 0
                || value.compareTo(Duration.ofSeconds(maxSeconds)) > 0) {
            throw new ConfigurationException(
                    key,
                    "is " + value + "; set it between " + minSeconds + "s and " + maxSeconds + "s");
        }
    }

    static void require(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ConfigurationException(
                    key, "is " + value + "; set it between " + min + " and " + max);
        }
    }
}
