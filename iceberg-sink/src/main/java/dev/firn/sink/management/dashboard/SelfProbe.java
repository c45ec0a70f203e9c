package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.sink.management.StatusBoard;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Asks the sink of this process, as its {@code /status} would tell. */
final class SelfProbe implements Probe {
    private final StatusBoard board;
    private final JsonMapper endpoints;
    private final ObjectMapper json;
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    /** @param endpoints writes what endpoints answer */
    SelfProbe(StatusBoard board, JsonMapper endpoints, ObjectMapper json) {
        this.board = board;
        this.endpoints = endpoints;
        this.json = json;
    }

    @Override
    public Said ask() throws IOException {
        byte[] status = endpoints.writeValueAsBytes(board.recently());
        long used = memory.getHeapMemoryUsage().getUsed()
                + memory.getNonHeapMemoryUsage().getUsed();
        return new Said(json.readTree(status), used);
    }
}
