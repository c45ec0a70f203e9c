package dev.firn.processor.run;

import java.util.Properties;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application of one topic that was taken up by its contract. */
final class ContractRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContractRun.class);

    private final Group group;
    private final Set<String> references;
    private final Runnable closed;
    private final KafkaStreams streams;

    /** Not yet started.
     *
     * @param applied its clients
     * @param references topics that its records may refer to
     * @param closed what is to be done at its end
     */
    ContractRun(
            Group group,
            Set<String> references,
            Topology topology,
            Properties properties,
            AppliedPositions applied,
            Runnable closed) {
        this.group = group;
        this.references = Set.copyOf(references);
        this.closed = closed;
        this.streams = new KafkaStreams(topology, properties, applied);
        streams.setUncaughtExceptionHandler(ContractRun::replaceUnlessGone);
        streams.setStateListener(
                (now, before) -> LOG.info("application={} state={} before={}", group.id(), now, before));
    }

    /** The topic is gone for good or for now: it is taken up again when it is there. */
    private static StreamThreadExceptionResponse replaceUnlessGone(Throwable failure) {
        if (failure.getCause() instanceof MissingSourceTopicException
                || failure instanceof MissingSourceTopicException) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        return Engine.replace(failure);
    }

    KafkaStreams streams() {
        return streams;
    }

    Group group() {
        return group;
    }

    Set<String> references() {
        return references;
    }

    boolean hasEnded() {
        return streams.state().hasCompletedShutdown() || streams.state() == KafkaStreams.State.ERROR;
    }

    @Override
    public void close() {
        streams.close(Engine.CLOSE);
        closed.run();
    }
}
