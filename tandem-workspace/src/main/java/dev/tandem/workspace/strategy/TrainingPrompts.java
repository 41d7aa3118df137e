package dev.tandem.workspace.strategy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.tandem.foundation.MendableException;
import dev.tandem.models.embedding.TextEncoder;
import dev.tandem.tuning.example.Example;
import dev.tandem.tuning.example.ExampleFiles;
import dev.tandem.tuning.example.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The prompts of training examples as vectors: which are like a question, and whether a question is of their kind at all. Of a file
 * with more than {@value #MOST} examples so many are drawn, always the same. Immutable; the encoder stays the caller's.
 */
final class TrainingPrompts {
    static final int MOST = 5_000;

    /** So many of the prompts are held against all others to see how alike they are. */
    private static final int COMPARED = 1_000;

    /** The share of the training prompts that may be less alike than the threshold. */
    private static final double STRANGE = 0.01;

    private static final int BATCH = 256;

    private final List<Example> examples;
    private final List<float[]> vectors;
    private final TextEncoder encoder;
    private final double threshold;

    private TrainingPrompts(List<Example> examples, List<float[]> vectors, TextEncoder encoder) {
        this.examples = examples;
        this.vectors = vectors;
        this.encoder = encoder;
        threshold = calibrated();
    }

    /**
     * Reads and encodes.
     *
     * @throws MendableException if the file cannot be read, or has no examples with a prompt
     */
    static TrainingPrompts read(Path training, TextEncoder encoder) {
        var prompts = new ArrayList<Example>();
        ExampleFiles.read(training, example -> {
            if (!example.question().isBlank() && !example.answer().isBlank()) {
                prompts.add(example);
            }
        });
        if (prompts.isEmpty()) {
            throw new MendableException(training + " has no examples with a prompt and an answer: few-shot and hybrid"
                    + " need them; leave those out with --strategies, or name other --training.");
        }
        if (prompts.size() > MOST) {
            Collections.shuffle(prompts, new Random(1));
        }
        var examples = List.copyOf(prompts.subList(0, Math.min(MOST, prompts.size())));
        var vectors = new ArrayList<float[]>();
        for (int from = 0; from < examples.size(); from += BATCH) {
            var batch = examples.subList(from, Math.min(examples.size(), from + BATCH));
            encoder.encodePassages(batch.stream().map(TrainingPrompts::prompt).toList())
                    .forEach(encoding -> vectors.add(encoding.vector()));
        }
        return new TrainingPrompts(examples, vectors, encoder);
    }

    /** What the user said last before the answer; a conversation's system message is no part of what is asked. */
    private static String prompt(Example example) {
        return example.messages().stream()
                .filter(message -> message.role() == Message.Role.USER)
                .reduce((first, second) -> second)
                .map(Message::content)
                .orElseGet(example::question);
    }

    /** The training examples whose prompts are most like a question, best first. */
    List<List<ChatMessage>> nearest(String question, int count) {
        double[] alike = alike(vector(question));
        return IntStream.range(0, alike.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -alike[i]))
                .limit(count)
                .map(i -> List.<ChatMessage>of(
                        UserMessage.from(prompt(examples.get(i))),
                        AiMessage.from(examples.get(i).answer())))
                .toList();
    }

    /** The system message of all examples, if they have one and the same. */
    Optional<String> system() {
        Set<Optional<String>> systems = new HashSet<>();
        examples.forEach(example -> systems.add(example.messages().stream()
                .filter(message -> message.role() == Message.Role.SYSTEM)
                .map(Message::content)
                .findFirst()));
        return systems.size() == 1 ? systems.iterator().next() : Optional.empty();
    }

    /** Whether a question is one that the model was tuned to answer: as like its nearest training prompt as they are each other. */
    boolean isOfTheirKind(String question) {
        return Arrays.stream(alike(vector(question))).max().orElse(-1) >= threshold;
    }

    /** The cosine to the nearest training prompt from which a question is of their kind. */
    double threshold() {
        return threshold;
    }

    /**
     * The cosine of each training prompt to the nearest other one, and of those the 1st percentile: 99 of 100 training prompts would
     * be known for what they are. Nothing but training data goes into it. A prompt that is there twice would be as near as can be
     * to itself, so equal prompts are passed over.
     */
    private double calibrated() {
        double[] nearest = IntStream.range(0, Math.min(COMPARED, vectors.size()))
                .parallel()
                .mapToDouble(i -> IntStream.range(0, vectors.size())
                        .filter(j -> j != i && !prompt(examples.get(j)).equals(prompt(examples.get(i))))
                        .mapToDouble(j -> cosine(vectors.get(i), vectors.get(j)))
                        .max()
                        .orElse(1))
                .sorted()
                .toArray();
        return nearest[(int) (STRANGE * nearest.length)];
    }

    private double[] alike(float[] question) {
        return vectors.stream().mapToDouble(vector -> cosine(question, vector)).toArray();
    }

    /** As a passage: what is compared are two texts of the same kind, no question and its answer. */
    private float[] vector(String question) {
        return encoder.encodePassages(List.of(question)).getFirst().vector();
    }

    private static double cosine(float[] first, float[] second) {
        double product = 0;
        for (int i = 0; i < first.length; i++) {
            product += (double) first[i] * second[i];
        }
        return product;
    }
}
