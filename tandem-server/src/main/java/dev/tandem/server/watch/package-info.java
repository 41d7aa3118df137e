/**
 * A server watches its own answers: some are judged after they were sent, and questions, scores, thumbs and times are compared with a
 * baseline, by {@link dev.tandem.evaluation.drift}. Alert rules say who is told. All of it happens away from the requests, on threads
 * that wait for those that answer.
 */
@NullMarked
package dev.tandem.server.watch;

import org.jspecify.annotations.NullMarked;
