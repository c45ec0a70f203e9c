/** What Terraform is told to make. */
@NullMarked
package dev.firn.deploy.terraform;

import org.jspecify.annotations.NullMarked;
