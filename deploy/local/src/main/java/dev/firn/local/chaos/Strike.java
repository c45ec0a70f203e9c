package dev.firn.local.chaos;

import dev.firn.local.supervise.Role;
import java.time.Duration;

/**
 * One fault of a schedule.
 *
 * @param at since the beginning
 * @param time until it is healed
 */
record Strike(Duration at, Harm harm, Role target, Duration time) {
    Duration end() {
        return at.plus(time);
    }
}
