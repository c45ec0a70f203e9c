/** What others have made and we ship: that it is known, and may be shipped. */
@NullMarked
package dev.firn.deploy.supply;

import org.jspecify.annotations.NullMarked;
