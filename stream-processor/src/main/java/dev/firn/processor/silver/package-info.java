/** The last step to silver: rows are completed, get their key, and go to their topic. */
@NullMarked
package dev.firn.processor.silver;

import org.jspecify.annotations.NullMarked;
