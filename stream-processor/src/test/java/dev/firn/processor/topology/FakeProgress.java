package dev.firn.processor.topology;

import dev.firn.processor.wait.ReferenceProgress;

/** References as the topologies are told of them: all taken in, unless a test says otherwise. */
final class FakeProgress implements ReferenceProgress {
    long currentSince;

    /** Unless they are behind. */
    long takenInUntil = Long.MAX_VALUE;

    @Override
    public long currentSince() {
        return currentSince;
    }

    @Override
    public long takenInUntil() {
        return currentSince == BEHIND ? 0 : takenInUntil;
    }
}
