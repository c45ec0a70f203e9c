package dev.firn.local.up;

import dev.firn.local.supervise.Role;
import picocli.CommandLine.ITypeConverter;

/** A process by its name on the command line. */
final class RoleName implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
        return Role.named(text, Role.USUAL);
    }
}
