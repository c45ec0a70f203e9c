/** The manifests, as far as they can be checked without a cluster. */
@NullMarked
package dev.firn.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
