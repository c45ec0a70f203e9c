/** What the compose file says, and whether Firn runs with it. */
@NullMarked
package dev.firn.deploy.compose;

import org.jspecify.annotations.NullMarked;
