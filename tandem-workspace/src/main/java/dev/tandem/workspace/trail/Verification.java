package dev.tandem.workspace.trail;

import java.util.List;

/**
 * What a look through the trail found.
 *
 * @param links how many links the chain has
 * @param contents how many answers still have their content
 * @param removed how many answers' contents were removed, and said to be
 * @param faults what is not as it was written, a sentence each; none if all is sound
 * @param remarks what is worth knowing, though nothing is wrong
 */
public record Verification(long links, int contents, int removed, List<String> faults, List<String> remarks) {
    public Verification {
        faults = List.copyOf(faults);
        remarks = List.copyOf(remarks);
    }

    /** Whether nothing was changed, left out, put elsewhere or cut off. */
    public boolean sound() {
        return faults.isEmpty();
    }

    static Verification failed(String fault) {
        return new Verification(0, 0, 0, List.of(fault), List.of());
    }
}
