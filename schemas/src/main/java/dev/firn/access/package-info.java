/** Who may do what at the endpoints of a service, and the record of who did: the same for all services. */
@NullMarked
package dev.firn.access;

import org.jspecify.annotations.NullMarked;
