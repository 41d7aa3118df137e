/** What people thought of answers, kept with everything that the answers rested on. */
@NullMarked
package dev.tandem.server.feedback;

import org.jspecify.annotations.NullMarked;
