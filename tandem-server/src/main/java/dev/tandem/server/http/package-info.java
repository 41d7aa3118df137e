/**
 * HTTP by a table: an {@link dev.tandem.server.http.Endpoint} says how it is reached, who may, what goes in and what comes out.
 * Routing, rights, parsing and the OpenAPI document are all made from it.
 */
@NullMarked
package dev.tandem.server.http;

import org.jspecify.annotations.NullMarked;
