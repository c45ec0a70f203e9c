package dev.firn.sink.management;

import dev.firn.sink.commit.Decision;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A decision, as it stands in the ledger now.
 *
 * @param spans {@code [start, end)} by source
 */
@Serdeable(naming = SnakeCaseStrategy.class)
record Decided(String table, String decision, String by, Instant at, Map<String, List<Long>> spans) {
    static Decided of(Decision decision) {
        Map<String, List<Long>> spans = new TreeMap<>();
        decision.spans().forEach((source, span) -> spans.put(source.toString(), List.of(span.start(), span.end())));
        return new Decided(decision.table(), decision.kind().text(), decision.by(), decision.at(), spans);
    }
}
