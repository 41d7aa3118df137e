/** Where an index may be kept: one table from which settings, documentation and tests are made, and what opens each. */
@NullMarked
package dev.tandem.stores;

import org.jspecify.annotations.NullMarked;
