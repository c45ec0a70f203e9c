/** FutureMobility: who is there, what it sells, what its visitors do next. */
@NullMarked
package dev.firn.generator.company;

import org.jspecify.annotations.NullMarked;
