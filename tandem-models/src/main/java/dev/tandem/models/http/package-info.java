/** HTTP to services that are busy or down at times. */
@NullMarked
package dev.tandem.models.http;

import org.jspecify.annotations.NullMarked;
