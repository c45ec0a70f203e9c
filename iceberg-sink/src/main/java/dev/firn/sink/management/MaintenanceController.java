package dev.firn.sink.management;

import dev.firn.sink.Sink;
import dev.firn.sink.config.RunningSink;
import dev.firn.sink.maintain.Upkeep;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;

/** How tables are kept in order, and a hand on it. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class MaintenanceController {
    private final RunningSink running;

    MaintenanceController(RunningSink running) {
        this.running = running;
    }

    /** Of the tables that this process has looked after. */
    @Get("/maintenance")
    List<MaintenanceStatus> maintenance() {
        return running.sink().map(Sink::upkeep).stream()
                .flatMap(upkeep -> upkeep.tables().stream())
                .map(MaintenanceStatus::of)
                .sorted(Comparator.comparing(MaintenanceStatus::table))
                .toList();
    }

    /** Answers 404 for a table that this process has not looked after yet. */
    @Get("/maintenance/{name}")
    Optional<MaintenanceStatus> maintenance(String name) {
        return maintenance().stream()
                .filter(status -> status.table().equals(name))
                .findFirst();
    }

    private Sink sink() {
        return running.sink()
                .orElseThrow(() ->
                        new HttpStatusException(HttpStatus.SERVICE_UNAVAILABLE, "the catalog can't be opened yet"));
    }

    /**
     * Answers with what there is to do for a table, and has it done soon, unless it is a dry run. 404 if there is no such table.
     */
    @Post("/tables/{name}/maintain")
    Optional<MaintenanceStatus.Debt> maintain(String name, @QueryValue(defaultValue = "false") boolean dryRun) {
        Upkeep upkeep = sink().upkeep();
        TableIdentifier table = TableIdentifier.parse(name);
        Optional<MaintenanceStatus.Debt> debt = upkeep.debt(table).map(MaintenanceStatus.Debt::of);
        if (debt.isPresent() && !dryRun) {
            upkeep.request(table);
        }
        return debt;
    }
}
