/** Reports of vehicles to alerts: what wants attention, once. */
@NullMarked
package dev.firn.processor.alert;

import org.jspecify.annotations.NullMarked;
