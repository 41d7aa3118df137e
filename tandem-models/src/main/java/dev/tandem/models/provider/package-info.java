/** Who runs models for others: one table from which settings, documentation and tests are made. */
@NullMarked
package dev.tandem.models.provider;

import org.jspecify.annotations.NullMarked;
