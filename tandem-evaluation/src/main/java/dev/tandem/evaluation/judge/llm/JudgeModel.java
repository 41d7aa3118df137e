package dev.tandem.evaluation.judge.llm;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.tandem.evaluation.testset.Shortened;
import dev.tandem.foundation.MendableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A chat model that is asked for JSON: each request has a time-out, a reply that cannot be used is answered with what is wrong
 * with it, a failure that may pass is waited out, and after that it is a {@link MendableException}. Safe for use by many
 * threads; the chat model stays its owner's.
 */
final class JudgeModel implements AutoCloseable {
    /** A broken reply is shown to the model up to here. */
    private static final int LONGEST_QUOTE = 2_000;

    private final ChatModel model;
    private final String name;
    private final JudgeOptions options;
    private final UsageCount usage = new UsageCount();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile RequestForm form = RequestForm.SCHEMA;

    JudgeModel(ChatModel model, String name, JudgeOptions options) {
        this.model = model;
        this.name = name;
        this.options = options;
    }

    String name() {
        return name;
    }

    Usage usage() {
        return usage.now();
    }

    /**
     * Asks.
     *
     * @param texts what stands in the prompt's placeholders
     * @param count how many things are wanted
     * @throws MendableException with an {@link UnusableReply} as its cause if the model understands nothing of it, with
     *     another if it cannot be asked
     * @throws CancellationException after {@link #end()}
     */
    <T> T ask(JudgePrompt prompt, Map<String, List<String>> texts, int count, Reply<T> reply) {
        var asked = prompt.messages(texts, count);
        var messages = asked;
        for (int tries = 1; ; tries++) {
            boolean last = tries > options.retries();
            ChatResponse response;
            try {
                response = request(messages, reply.format());
            } catch (MendableException e) {
                if (last || !ModelFailure.mayPass(e)) {
                    throw e;
                }
                usage.repeat();
                pause(options.pause().multipliedBy((long) Math.pow(3, tries - 1)));
                continue;
            }
            try {
                return reply.reader().apply(ReplyJson.object(text(response)));
            } catch (UnusableReply e) {
                if (last) {
                    throw unusable(prompt, tries, e);
                }
                usage.repeat();
                messages = told(asked, response, e);
            }
        }
    }

    private MendableException unusable(JudgePrompt prompt, int tries, UnusableReply last) {
        return new MendableException(
                "The model '" + name + "' gave no reply to the prompt " + prompt.name() + " that can be used, in "
                        + tries
                        + (tries == 1 ? " try: " : " tries; the last time, ") + last.why()
                        + ". Try again, or name a more capable model.",
                last);
    }

    private static List<ChatMessage> told(List<ChatMessage> asked, ChatResponse response, UnusableReply error) {
        var said = response.aiMessage().text();
        var quote = said == null || said.isBlank()
                ? "(nothing)"
                : said.substring(0, Math.min(said.length(), LONGEST_QUOTE));
        var messages = new ArrayList<>(asked);
        messages.add(AiMessage.from(quote));
        messages.add(UserMessage.from("That cannot be used: " + error.why()
                + ". Reply again, with one complete JSON object as described above and nothing else."));
        return messages;
    }

    private static String text(ChatResponse response) {
        if (response.finishReason() == FinishReason.CONTENT_FILTER) {
            throw new UnusableReply("the server's content filter held the reply back");
        }
        if (response.finishReason() == FinishReason.LENGTH) {
            throw new UnusableReply("the reply was cut off at the longest length allowed, so it must be shorter");
        }
        var text = response.aiMessage().text();
        return text == null ? "" : text;
    }

    /** In the fullest form that the server takes. */
    private ChatResponse request(List<ChatMessage> messages, ResponseFormat format) {
        var known = form;
        for (var tried = known; ; tried = tried.less()) {
            try {
                var response = send(messages, tried, format);
                if (tried != known) {
                    form = tried;
                }
                return response;
            } catch (MendableException e) {
                if (tried == RequestForm.PLAIN || !ModelFailure.refusesForm(e)) {
                    throw e;
                }
            }
        }
    }

    private ChatResponse send(List<ChatMessage> messages, RequestForm tried, ResponseFormat format) {
        var request = ChatRequest.builder()
                .messages(messages)
                .parameters(tried.parameters(model, format, options.seed()))
                .build();
        try {
            var work = requests.submit(() -> model.chat(request));
            try {
                var response = work.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
                usage.add(response.tokenUsage());
                return response;
            } catch (TimeoutException e) {
                throw new MendableException(
                        "The model '" + name + "' did not answer in " + seconds(options.timeout())
                                + ": ask it for less at once (--parallel), or give it longer (--timeout).",
                        e);
            } finally {
                work.cancel(true);
            }
        } catch (ExecutionException e) {
            throw explained(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The judgement was cancelled.");
        } catch (RejectedExecutionException e) {
            throw new CancellationException("The judgement was cancelled.");
        }
    }

    private RuntimeException explained(Throwable failure) {
        if (ended.getCount() == 0) {
            return new CancellationException("The judgement was cancelled.");
        }
        return switch (failure) {
            case MendableException mendable -> mendable;
            case CancellationException cancelled -> cancelled;
            case Error error -> throw error;
            default ->
                new MendableException(
                        "The model '" + name + "' failed (" + Shortened.of(String.valueOf(failure.getMessage()))
                                + "): check its server's log, then try again.",
                        failure);
        };
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    private void pause(Duration time) {
        try {
            if (ended.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CancellationException("The judgement was cancelled.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The judgement was cancelled.");
        }
    }

    /** Ends all requests and pauses; who waits for one gets a {@link CancellationException}. */
    void end() {
        ended.countDown();
        requests.shutdownNow();
    }

    @Override
    public void close() {
        end();
        requests.close();
    }
}
