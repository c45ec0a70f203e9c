/** The topology as a picture. */
@NullMarked
package dev.firn.processor.picture;

import org.jspecify.annotations.NullMarked;
