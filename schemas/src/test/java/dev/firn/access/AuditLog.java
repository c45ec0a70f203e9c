package dev.firn.access;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is written to the audit log while it is open. */
final class AuditLog implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("audit");
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();

    AuditLog() {
        written.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(written);
    }

    List<String> lines() {
        return written.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(written);
        logger.setLevel(null);
    }
}
