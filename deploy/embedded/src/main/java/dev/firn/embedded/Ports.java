package dev.firn.embedded;

/** Where the servers listen; 0 means any port that is free. */
public record Ports(int kafka, int controller, int registry, int s3) {
    public static final Ports ANY = new Ports(0, 0, 0, 0);
}
