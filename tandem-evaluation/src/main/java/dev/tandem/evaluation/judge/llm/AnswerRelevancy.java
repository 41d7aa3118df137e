package dev.tandem.evaluation.judge.llm;

import dev.tandem.foundation.WellFormedText;
import dev.tandem.models.embedding.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Ragas's answer relevancy ({@code _answer_relevance.py}): questions are made of the answer alone, and the score is the mean
 * cosine of their embeddings with that of the question; 0 for a noncommittal answer. All questions come of one request, because
 * at temperature 0 several would give the same one. Cosines under 0 count as 0.
 */
final class AnswerRelevancy {
    private final JudgeModel model;
    private final TextEncoder encoder;
    private final int count;
    private final JudgePrompt prompt = JudgePrompt.shipped("questions");
    private final Reply<Made> reply;

    private record Made(List<String> questions, boolean noncommittal) {}

    AnswerRelevancy(JudgeModel model, TextEncoder encoder, int count) {
        this.model = model;
        this.encoder = encoder;
        this.count = count;
        this.reply = Reply.of(
                "questions",
                object -> {
                    var questions = ReplyJson.texts(object, "questions");
                    if (questions.size() != count) {
                        throw new UnusableReply("there are " + questions.size() + " questions, not " + count);
                    }
                    return new Made(questions, ReplyJson.number(object, "noncommittal", 0, 1) == 1);
                },
                "questions",
                Reply.listOf(Reply.TEXT),
                "noncommittal",
                Reply.NUMBER);
    }

    double of(String question, String answer) {
        var made = model.ask(prompt, Map.of("answer", List.of(answer)), count, reply);
        return made.noncommittal() ? 0 : meanCosine(question, made.questions());
    }

    /** All encoded alike: a question is compared with questions here, not with passages. */
    private double meanCosine(String question, List<String> questions) {
        var texts = new ArrayList<String>();
        texts.add(WellFormedText.of(question));
        questions.forEach(each -> texts.add(WellFormedText.of(each)));
        var encodings = encoder.encodePassages(texts);
        var asked = encodings.getFirst().vector();
        return encodings.stream()
                .skip(1)
                .mapToDouble(encoding -> cosine(asked, encoding.vector()))
                .average()
                .orElseThrow();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        double lengths = Math.sqrt(squaresOfA * squaresOfB);
        return lengths == 0 ? 0 : Math.clamp(product / lengths, 0, 1);
    }
}
