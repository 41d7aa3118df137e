/**
 * A model of this process as LangChain4j's ChatModel and StreamingChatModel: requests wait in a queue, those that wait are
 * answered together, and one thread owns everything native.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.decoder.chat;
