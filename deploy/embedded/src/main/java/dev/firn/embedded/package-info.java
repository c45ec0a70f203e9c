/** A real broker, schema registry, S3 server and catalog on loopback, in one folder. */
@NullMarked
package dev.firn.embedded;

import org.jspecify.annotations.NullMarked;
