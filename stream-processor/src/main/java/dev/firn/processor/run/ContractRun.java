package dev.firn.processor.run;

import dev.firn.processor.topology.ContractTopology;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application of one topic that was taken up by its contract. */
final class ContractRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContractRun.class);

    private final Group group;
    private final KafkaStreams streams;

    /** Not yet started. */
    ContractRun(Group group, ContractTopology.Config topology, Properties properties) {
        this.group = group;
        this.streams = new KafkaStreams(ContractTopology.of(topology), properties);
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

    boolean hasEnded() {
        return streams.state().hasCompletedShutdown() || streams.state() == KafkaStreams.State.ERROR;
    }

    @Override
    public void close() {
        streams.close(Engine.CLOSE);
    }
}
