package dev.firn.generator.publish;

/** How a rate is spread over time. Each keeps the rate on average. */
public enum Shape {
    STEADY {
        @Override
        double secondsFor(double averageSeconds) {
            return averageSeconds;
        }
    },
    /** Of every 10 seconds 2 at three times the rate, the others at half of it. */
    BURSTS {
        @Override
        double secondsFor(double averageSeconds) {
            double period = Math.floor(averageSeconds / PERIOD) * PERIOD;
            double rest = averageSeconds - period;
            double loud = LOUD_SECONDS * LOUD;
            return period + (rest < loud ? rest / LOUD : LOUD_SECONDS + (rest - loud) / QUIET);
        }
    };

    private static final double PERIOD = 10;
    private static final double LOUD_SECONDS = 2;
    private static final double LOUD = 3;
    private static final double QUIET = 0.5;

    /** After how many seconds as many events are due as a steady rate would have let through in the given time. */
    abstract double secondsFor(double averageSeconds);
}
