package dev.firn.sink.commit;

import java.time.Clock;
import org.apache.iceberg.catalog.TableIdentifier;

/** What every round works with.
 *
 * @param quarantine the table for rejects
 */
public record CommitDesk(TableStore store, TableIdentifier quarantine, CommitListener listener, Clock clock) {}
