package dev.firn.local.chaos;

import dev.firn.local.supervise.Role;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the user wants.
 *
 * @param time for which faults come
 * @param rate events per second
 * @param kill what is killed and nothing else done; everything there is to do, to everything, if empty
 */
record ChaosOptions(long seed, Duration time, long rate, List<Role> kill) {
    /** What does the same once more. */
    String command() {
        var command = "firn chaos --seed %d --for %ds --rate %d".formatted(seed, time.toSeconds(), rate);
        return kill.isEmpty()
                ? command
                : command + kill.stream().map(Role::label).collect(Collectors.joining(",", " --kill ", ""));
    }
}
