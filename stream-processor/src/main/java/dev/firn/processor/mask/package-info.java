/** What becomes of personal data. */
@NullMarked
package dev.firn.processor.mask;

import org.jspecify.annotations.NullMarked;
