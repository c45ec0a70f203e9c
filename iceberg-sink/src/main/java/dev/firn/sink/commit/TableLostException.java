package dev.firn.sink.commit;

import org.apache.iceberg.catalog.TableIdentifier;

/** The table that this instance knows by the name is no longer there. Waits for an operator. */
public final class TableLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean replaced;

    private TableLostException(String message, boolean replaced) {
        super(message);
        this.replaced = replaced;
    }

    static TableLostException dropped(TableIdentifier table) {
        return new TableLostException("the table " + table + " was dropped", false);
    }

    static TableLostException replaced(TableIdentifier table, String how) {
        return new TableLostException("the table " + table + " was replaced: " + how, true);
    }

    /** Whether there is another one by its name. */
    public boolean isReplaced() {
        return replaced;
    }
}
