package dev.firn.sink.management.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** What was seen of one service, last and before.
 *
 * @param asked whether it was asked yet
 * @param said when it last answered; missing before it has
 * @param at when that was
 * @param failure why it has not answered since, if it has not
 */
record Sighting(Probe.Place place, boolean asked, JsonNode said, long memory, Instant at, Optional<String> failure) {
    static Sighting none(Probe.Place place) {
        return new Sighting(place, false, MissingNode.getInstance(), -1, Instant.EPOCH, Optional.of("not asked yet"));
    }

    Sighting answered(Probe.Said now, Instant when) {
        return new Sighting(place, true, now.status(), now.memory(), when, Optional.empty());
    }

    Sighting failed(String why) {
        return new Sighting(place, true, said, memory, at, Optional.of(why));
    }

    /** A service that does not answer keeps what it said, for people to see how things stood. */
    void writeTo(ObjectNode json) {
        json.put("role", place.role());
        json.put("address", place.address().toString());
        json.put("asked", asked);
        json.put("reachable", failure.isEmpty());
        failure.ifPresent(why -> json.put("failure", why));
        json.put("at", at.toEpochMilli());
        json.put("memory", memory);
        if (!said.isMissingNode()) {
            json.set("status", withTextIds(said.deepCopy()));
        }
    }

    /** Scripts' numbers have too few digits for the ids of snapshots. */
    private static JsonNode withTextIds(JsonNode status) {
        for (JsonNode table : status.path("tables")) {
            if (table.path("snapshot_id").isNumber() && table instanceof ObjectNode row) {
                row.put("snapshot_id", table.path("snapshot_id").asText());
            }
        }
        return status;
    }
}
