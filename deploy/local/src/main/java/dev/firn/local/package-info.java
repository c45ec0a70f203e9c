/** The firn command: its options, and the places that all its subcommands share. */
@NullMarked
package dev.firn.local;

import org.jspecify.annotations.NullMarked;
