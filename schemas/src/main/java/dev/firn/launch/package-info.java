/** How a service of Firn starts: settings that all share, refusal of unknown keys, its process, and who may change it. */
@NullMarked
package dev.firn.launch;

import org.jspecify.annotations.NullMarked;
