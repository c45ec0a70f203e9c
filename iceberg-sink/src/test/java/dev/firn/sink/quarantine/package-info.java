@NullMarked
package dev.firn.sink.quarantine;

import org.jspecify.annotations.NullMarked;
