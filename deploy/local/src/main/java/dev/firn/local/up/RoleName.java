package dev.firn.local.up;

import dev.firn.local.supervise.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A process by its name on the command line. */
final class RoleName implements ITypeConverter<Role> {
    @Override
    public Role convert(String text) {
        return Role.USUAL.stream()
                .filter(role -> role.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "'" + text + "' is not one of " + String.join(", ", new RoleLabels())));
    }
}
