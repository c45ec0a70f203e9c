package dev.firn.local.up;

import dev.firn.local.supervise.Role;
import java.util.ArrayList;

/** The processes' names, as the help shows them. */
final class RoleLabels extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    RoleLabels() {
        super(Role.USUAL.stream().map(Role::label).toList());
    }
}
