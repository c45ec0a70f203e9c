package dev.firn.local.chaos;

import dev.firn.embedded.FaultyProxy.Fault;
import java.util.Locale;

/** What is done to a process, or to the requests that come to it. */
sealed interface Harm {
    /** As the log and the summary name it. */
    String label();

    /** Killed as {@code kill -9} does, and started again when the time is up. */
    record Kill() implements Harm {
        @Override
        public String label() {
            return "kill";
        }
    }

    /** Stopped from running, and let run again when the time is up. */
    record Freeze() implements Harm {
        @Override
        public String label() {
            return "freeze";
        }
    }

    /**
     * Requests to a server meet a fault.
     *
     * @param percent of them
     */
    record Answers(Fault fault, int percent) implements Harm {
        @Override
        public String label() {
            return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
