/** What operators see and do over HTTP. */
@NullMarked
package dev.firn.generator.management;

import org.jspecify.annotations.NullMarked;
