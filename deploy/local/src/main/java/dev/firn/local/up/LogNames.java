package dev.firn.local.up;

import dev.firn.local.supervise.Role;
import java.util.ArrayList;
import java.util.Arrays;

/** Whose logs there are. The registry has one of its own wherever it runs. */
final class LogNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    LogNames() {
        super(Arrays.stream(Role.values()).map(Role::label).toList());
    }
}
