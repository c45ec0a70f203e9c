package dev.firn.processor.management;

import dev.firn.processor.count.Tally;
import dev.firn.processor.run.ContractTopics;
import dev.firn.processor.run.Engine;
import dev.firn.processor.run.Lag;
import dev.firn.processor.run.Progress;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** Describes how far the processor is. */
@Singleton
final class Status {
    private static final String RUNNING = "RUNNING";

    private final Engine engine;
    private final ContractTopics topics;
    private final Progress progress;
    private final Tally tally;

    Status(Engine engine, ContractTopics topics, Progress progress, Tally tally) {
        this.engine = engine;
        this.topics = topics;
        this.progress = progress;
        this.tally = tally;
    }

    Map<String, Object> described() {
        Optional<Lag> lag = progress.lag();
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", state());
        status.put("lag", lag.map(Lag::total).orElse(-1L));
        status.put("waiting_references", tally.waiting().get());
        status.put("drained", state().equals(RUNNING) && topics.isRunning() && progress.isDrained());
        status.put("processed", tally.processed());
        status.put("lag_by_topic", lag.map(Lag::byTopic).orElse(Map.of()));
        status.put("contract_topics", topics.states());
        status.put("threads", engine.streams().map(Status::threads).orElse(List.of()));
        Map<String, Object> restoring = new LinkedHashMap<>();
        engine.restores()
                .stores()
                .forEach((store, at) -> restoring.put(store, Map.of("restored", at.restored(), "total", at.total())));
        status.put("restoring", restoring);
        return status;
    }

    /** That of FutureMobility's topologies, where they are on. */
    String state() {
        return engine.isOff() ? RUNNING : engine.state();
    }

    private static List<Map<String, Object>> threads(KafkaStreams streams) {
        return streams.metadataForLocalThreads().stream().map(Status::thread).toList();
    }

    private static Map<String, Object> thread(ThreadMetadata thread) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", thread.threadName());
        described.put("state", thread.threadState());
        described.put(
                "tasks",
                thread.activeTasks().stream()
                        .map(TaskMetadata::taskId)
                        .map(Object::toString)
                        .sorted()
                        .toList());
        return described;
    }
}
