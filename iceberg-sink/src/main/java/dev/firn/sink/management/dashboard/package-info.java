/** The dashboard: what the services say of themselves, gathered, kept for a while, and pushed to browsers. */
@NullMarked
package dev.firn.sink.management.dashboard;

import org.jspecify.annotations.NullMarked;
