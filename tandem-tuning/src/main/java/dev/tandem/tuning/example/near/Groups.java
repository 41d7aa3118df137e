package dev.tandem.tuning.example.near;

/** Numbers that are joined to groups (union-find); a group is named by its smallest member. Not safe for many threads. */
public final class Groups {
    private final int[] parents;

    /** Every number alone. */
    public Groups(int count) {
        parents = new int[count];
        java.util.Arrays.setAll(parents, i -> i);
    }

    public void join(int one, int other) {
        int first = root(one);
        int second = root(other);
        parents[Math.max(first, second)] = Math.min(first, second);
    }

    /** The smallest number of the group of a number. */
    public int root(int number) {
        while (parents[number] != number) {
            parents[number] = parents[parents[number]];
            number = parents[number];
        }
        return number;
    }

    /** For each number the smallest of its group. */
    public int[] roots() {
        var roots = new int[parents.length];
        java.util.Arrays.setAll(roots, this::root);
        return roots;
    }
}
