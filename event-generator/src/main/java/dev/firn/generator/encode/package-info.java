/** Events as the bytes that go into a topic. */
@NullMarked
package dev.firn.generator.encode;

import org.jspecify.annotations.NullMarked;
