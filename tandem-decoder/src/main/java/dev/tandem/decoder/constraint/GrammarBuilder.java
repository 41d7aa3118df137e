package dev.tandem.decoder.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.Transition;
import org.apache.lucene.util.automaton.UTF32ToUTF8;

/** Puts rules together from places, literal texts, calls and automata; then takes out what leads nowhere. */
final class GrammarBuilder {
    /** Far more than schemas that people write need; a place takes some 100 bytes. */
    private static final int MOST_NODES = 500_000;

    private final List<Node> nodes = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    /** The schema asks for a grammar that is too large to hold. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Rule rule(String name) {
        var rule = new Rule(name, node());
        rules.add(rule);
        return rule;
    }

    Node node() {
        if (nodes.size() == MOST_NODES) {
            throw new TooLargeException();
        }
        var node = new Node();
        nodes.add(node);
        return node;
    }

    Node end() {
        var node = node();
        node.end();
        return node;
    }

    /** Where one comes after a text. */
    Node literal(Node from, String text) {
        var at = from;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            var next = node();
            int value = Byte.toUnsignedInt(each);
            at.edges.add(new Node.Edge(value, value, next));
            at = next;
        }
        return at;
    }

    /** A text, and then a space or none. */
    Node spaced(Node from, String text) {
        var after = literal(from, text);
        var spaced = literal(after, " ");
        after.free.add(spaced);
        return spaced;
    }

    /** Where one comes after a rule. */
    Node call(Node from, Rule rule) {
        var back = node();
        call(from, rule, back);
        return back;
    }

    void call(Node from, Rule rule, Node back) {
        from.calls.add(new Node.Call(rule, back));
    }

    /** Lets a rule be any of others. */
    void alternatives(Rule rule, List<Rule> alternatives) {
        var end = end();
        alternatives.forEach(each -> call(rule.start(), each, end));
    }

    /** A rule that reads what an automaton over code points accepts. */
    Rule terminal(String name, Automaton codePoints) {
        return terminalOfBytes(name, new UTF32ToUTF8().convert(codePoints));
    }

    /** A rule that reads what an automaton over bytes accepts. */
    Rule terminalOfBytes(String name, Automaton bytes) {
        var automaton = Operations.removeDeadStates(Operations.determinize(bytes, JsonText.DETERMINIZE_WORK));
        var rule = rule(name);
        var states = new ArrayList<Node>();
        for (int state = 0; state < automaton.getNumStates(); state++) {
            var node = state == 0 ? rule.start() : node();
            if (automaton.isAccept(state)) {
                node.end();
            }
            states.add(node);
        }
        var transition = new Transition();
        for (int state = 0; state < states.size(); state++) {
            int count = automaton.initTransition(state, transition);
            for (int i = 0; i < count; i++) {
                automaton.getNextTransition(transition);
                states.get(state).edges.add(new Node.Edge(transition.min, transition.max, states.get(transition.dest)));
            }
        }
        return rule;
    }

    /** Takes out every place from which its rule cannot be ended. */
    Set<Node> prune() {
        var before = new HashMap<Node, List<Node>>();
        var callers = new HashMap<Node, List<CallSite>>();
        var todo = new ArrayDeque<Node>();
        for (var node : nodes) {
            node.edges.forEach(edge ->
                    before.computeIfAbsent(edge.to(), to -> new ArrayList<>()).add(node));
            node.free.forEach(
                    to -> before.computeIfAbsent(to, key -> new ArrayList<>()).add(node));
            for (var call : node.calls) {
                var site = new CallSite(node, call);
                callers.computeIfAbsent(call.back(), key -> new ArrayList<>()).add(site);
                callers.computeIfAbsent(call.rule().start(), key -> new ArrayList<>())
                        .add(site);
            }
            if (node.ends()) {
                todo.add(node);
            }
        }
        var alive = new HashSet<Node>(todo);
        while (!todo.isEmpty()) {
            var node = todo.remove();
            for (var each : before.getOrDefault(node, List.of())) {
                if (alive.add(each)) {
                    todo.add(each);
                }
            }
            for (var site : callers.getOrDefault(node, List.of())) {
                if (site.passable(alive) && alive.add(site.from())) {
                    todo.add(site.from());
                }
            }
        }
        for (var node : nodes) {
            node.edges.removeIf(edge -> !alive.contains(edge.to()));
            node.free.removeIf(to -> !alive.contains(to));
            node.calls.removeIf(call -> !new CallSite(node, call).passable(alive));
        }
        return alive;
    }

    private record CallSite(Node from, Node.Call call) {
        boolean passable(Set<Node> alive) {
            return alive.contains(call.back()) && alive.contains(call.rule().start());
        }
    }

    /** A rule that calls itself before anything was read, if there is one: it would call itself for ever. */
    Optional<Rule> leftRecursive() {
        Map<Rule, Set<Rule>> first = new HashMap<>();
        Map<Rule, Integer> calledBy = new HashMap<>();
        for (var rule : rules) {
            var called = calledFirst(rule);
            first.put(rule, called);
            called.forEach(each -> calledBy.merge(each, 1, Integer::sum));
        }
        var todo = new ArrayDeque<Rule>();
        rules.stream().filter(rule -> !calledBy.containsKey(rule)).forEach(todo::add);
        var left = new LinkedHashSet<Rule>(rules);
        while (!todo.isEmpty()) {
            var rule = todo.remove();
            left.remove(rule);
            for (var each : first.getOrDefault(rule, Set.of())) {
                if (calledBy.merge(each, -1, Integer::sum) == 0) {
                    todo.add(each);
                }
            }
        }
        // What is left calls itself or is called by one that does; the former is named.
        return left.stream().filter(rule -> reaches(rule, rule, first)).findFirst();
    }

    private static Set<Rule> calledFirst(Rule rule) {
        var called = new LinkedHashSet<Rule>();
        var seen = new HashSet<Node>();
        var todo = new ArrayDeque<Node>(List.of(rule.start()));
        while (!todo.isEmpty()) {
            var node = todo.remove();
            if (seen.add(node)) {
                todo.addAll(node.free);
                node.calls.forEach(call -> called.add(call.rule()));
            }
        }
        return called;
    }

    private static boolean reaches(Rule from, Rule to, Map<Rule, Set<Rule>> first) {
        var seen = new HashSet<Rule>();
        var todo = new ArrayDeque<Rule>(first.getOrDefault(from, Set.of()));
        while (!todo.isEmpty()) {
            var rule = todo.remove();
            if (rule == to) {
                return true;
            }
            if (seen.add(rule)) {
                todo.addAll(first.getOrDefault(rule, Set.of()));
            }
        }
        return false;
    }
}
