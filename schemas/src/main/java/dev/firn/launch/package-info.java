/** How a service of Firn starts: settings that all share, refusal of unknown keys, and its process. */
@NullMarked
package dev.firn.launch;

import org.jspecify.annotations.NullMarked;
