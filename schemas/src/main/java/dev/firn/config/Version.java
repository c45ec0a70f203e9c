package dev.firn.config;

/** Which build this is. */
public final class Version {
    private Version() {}

    /** The version of this build, or {@code development} where it was not packaged. */
    public static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
