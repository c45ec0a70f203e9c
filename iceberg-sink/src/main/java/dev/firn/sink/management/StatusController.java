package dev.firn.sink.management;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Optional;

/** The sink's own endpoints. They only read. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class StatusController {
    private final StatusBoard board;

    StatusController(StatusBoard board) {
        this.board = board;
    }

    @Get("/status")
    SinkStatus status() {
        return board.status();
    }

    @Get("/tables")
    List<TableStatus> tables() {
        return board.status().tables();
    }

    /** Answers 404 for a table that the sink does not know. */
    @Get("/tables/{name}")
    Optional<TableStatus> table(String name) {
        return board.table(name);
    }
}
