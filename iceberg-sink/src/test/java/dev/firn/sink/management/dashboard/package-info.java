@NullMarked
package dev.firn.sink.management.dashboard;

import org.jspecify.annotations.NullMarked;
