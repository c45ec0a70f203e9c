package dev.firn.generator.replay;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of one file, read as they are asked for. */
interface Lines extends Closeable {
    /** The names that every row has; none where each row brings its own. */
    List<String> names();

    /** The next, or null at the end. After a bad one it goes on with the one behind it.
     *
     * @throws IOException if the rest can't be read
     */
    @Nullable
    Line next() throws IOException;

    /** How much of the file is behind us, from 0 to 1; not a number where nobody knows. */
    double done();
}
