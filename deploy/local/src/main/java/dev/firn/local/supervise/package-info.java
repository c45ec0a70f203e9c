/** The processes of one Firn: started, watched, stopped in order, and never left behind. */
@NullMarked
package dev.firn.local.supervise;

import org.jspecify.annotations.NullMarked;
