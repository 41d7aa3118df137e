/** What the system says of the volume that files lie on. */
@NullMarked
package dev.tandem.foundation.volume;

import org.jspecify.annotations.NullMarked;
