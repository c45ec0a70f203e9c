package dev.firn.sink.commit;

import org.apache.iceberg.catalog.TableIdentifier;

/** The table is not what this instance knows by the name any more. Waits for an operator. */
public final class TableLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final What what;

    /** What is lost of it. */
    public enum What {
        /** All of it. */
        DROPPED,
        /** There is another one by its name. */
        REPLACED,
        /** What it holds. */
        LEDGER,
        /** The branch that its commits go to. */
        BRANCH
    }

    private TableLostException(String message, What what) {
        super(message);
        this.what = what;
    }

    static TableLostException dropped(TableIdentifier table) {
        return new TableLostException("the table " + table + " was dropped", What.DROPPED);
    }

    static TableLostException replaced(TableIdentifier table, String how) {
        return new TableLostException("the table " + table + " was replaced: " + how, What.REPLACED);
    }

    static TableLostException ledger(TableIdentifier table, String why) {
        return new TableLostException("the table " + table + " " + why, What.LEDGER);
    }

    static TableLostException branch(TableIdentifier table, String why) {
        return new TableLostException("the table " + table + ": " + why, What.BRANCH);
    }

    public What what() {
        return what;
    }
}
