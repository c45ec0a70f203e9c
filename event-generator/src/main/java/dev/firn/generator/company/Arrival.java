package dev.firn.generator.company;

import dev.firn.futuremobility.raw.Location;
import dev.firn.futuremobility.raw.Page;
import dev.firn.futuremobility.raw.Session;
import dev.firn.futuremobility.raw.UserAgent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody opens the shop.
 *
 * @param account theirs, if they have one; they may or may not log in
 * @param complains whether they come because of a fault of their vehicle
 */
record Arrival(
        String anonymousId,
        @Nullable Account account,
        boolean complains,
        Market market,
        Place place,
        Location location,
        UserAgent agent,
        Session session,
        Page entry,
        Map<String, String> experiments,
        List<String> tags) {}
