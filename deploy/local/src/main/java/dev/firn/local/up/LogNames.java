package dev.firn.local.up;

import dev.firn.local.supervise.Role;
import java.util.ArrayList;
import java.util.Arrays;

/** Whose logs there are: the processes', and that of the registry, which is a child of the infrastructure. */
final class LogNames extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    LogNames() {
        super(Arrays.stream(Role.values()).map(Role::label).toList());
        add("registry");
    }
}
