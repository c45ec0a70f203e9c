/** How many records were checked, and what they failed: by topic, rule and minute. */
@NullMarked
package dev.firn.processor.quality;

import org.jspecify.annotations.NullMarked;
