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
    },
    /** A day in 24 minutes, as at the usual speed-up: at its height nine times as much as at its lowest. */
    DIURNAL {
        @Override
        double secondsFor(double averageSeconds) {
            double period = Math.floor(averageSeconds / DAY) * DAY;
            double wanted = averageSeconds - period;
            double low = 0;
            double high = DAY;
            while (high - low > 1e-6) {
                double middle = (low + high) / 2;
                if (let(middle) < wanted) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return period + high;
        }

        /** What was let through that long after midnight, in seconds of the average. */
        private double let(double seconds) {
            double turn = 2 * Math.PI / DAY;
            return seconds - SWING / turn * Math.sin(turn * seconds);
        }
    },
    /** From standstill to twice the rate in 10 minutes, again and again: to see what a system bears. */
    RAMP {
        @Override
        double secondsFor(double averageSeconds) {
            double period = Math.floor(averageSeconds / CLIMB) * CLIMB;
            return period + Math.sqrt((averageSeconds - period) * CLIMB);
        }
    };

    private static final double DAY = 1_440;
    private static final double SWING = 0.8;
    private static final double CLIMB = 600;
    private static final double PERIOD = 10;
    private static final double LOUD_SECONDS = 2;
    private static final double LOUD = 3;
    private static final double QUIET = 0.5;

    /** After how many seconds as many events are due as a steady rate would have let through in the given time. */
    abstract double secondsFor(double averageSeconds);
}
