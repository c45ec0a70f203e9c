/** What is measured, and what rules and dashboards make of it. */
@NullMarked
package dev.firn.deploy.observe;

import org.jspecify.annotations.NullMarked;
