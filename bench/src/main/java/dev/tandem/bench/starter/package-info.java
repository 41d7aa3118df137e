/** What the starter model learns from: free texts, and tasks that are made up. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.starter;
