package dev.firn.processor.alert;

/** From where on a measure wants attention. */
enum Scale {
    /** Points of the state of health that are lost. */
    FALLING_HEALTH(1, 3),
    /** Degrees Celsius of the battery. */
    HOT_PACK(45, 55),
    /** Volts between the blocks of cells. */
    CELL_SPREAD(0.05, 0.1),
    /** Reports with the same fault. */
    REPEATED_FAULT(3, 10);

    private final double warning;
    private final double critical;

    Scale(double warning, double critical) {
        this.warning = warning;
        this.critical = critical;
    }

    Level of(double measured) {
        if (measured >= critical) {
            return Level.CRITICAL;
        }
        return measured >= warning ? Level.WARNING : Level.NONE;
    }

    /** Where the level begins, one that is not {@link Level#NONE}. */
    double threshold(Level level) {
        return level == Level.CRITICAL ? critical : warning;
    }
}
