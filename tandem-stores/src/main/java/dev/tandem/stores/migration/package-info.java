/** An index moved from one store to another with all that was computed for it, and compared afterwards. */
@NullMarked
package dev.tandem.stores.migration;

import org.jspecify.annotations.NullMarked;
