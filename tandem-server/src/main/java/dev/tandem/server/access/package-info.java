/** Who may do what: keys, their roles, and how often they may ask. */
@NullMarked
package dev.tandem.server.access;

import org.jspecify.annotations.NullMarked;
