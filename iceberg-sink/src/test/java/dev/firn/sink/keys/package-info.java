@NullMarked
package dev.firn.sink.keys;

import org.jspecify.annotations.NullMarked;
