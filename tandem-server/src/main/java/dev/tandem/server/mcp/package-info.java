/**
 * The Model Context Protocol (2025-06-18), by which assistants use tools: {@link dev.tandem.server.mcp.McpServer} answers messages,
 * {@link dev.tandem.server.mcp.McpEndpoint} takes them by HTTP and {@link dev.tandem.server.mcp.McpLines} by standard input.
 */
@NullMarked
package dev.tandem.server.mcp;

import org.jspecify.annotations.NullMarked;
