/**
 * Language models behind LangChain4j's interfaces: settings become a model, what goes wrong becomes a sentence that says
 * how to mend it, and a streamed reply is read on the caller's thread.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.models.chat;
