package dev.tandem.evaluation.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * From how many queries a month on one plan is cheaper than another, each month with its share of the set-up.
 *
 * @param below cheaper with fewer queries
 * @param above cheaper from {@code queries} on, by the middle of the ranges
 * @param queries a month
 * @param surely from where on even the highest figure of {@code above} is below the lowest of {@code below}; empty if nowhere
 */
public record BreakEven(Plan below, Plan above, long queries, OptionalLong surely) {
    /** Up to here is looked; more queries a month than most teams ever have. */
    static final long MOST = 10_000_000;

    private static final double STEP = 1.02;

    /**
     * Every break-even point up to ten million queries a month. Stepwise costs may let two plans change places more than once:
     * the last time counts, from which on the order stays.
     *
     * @param months over which the set-up is spread, at least 1
     */
    public static List<BreakEven> of(CostModel model, int months) {
        var grid = grid(model);
        var points = new ArrayList<BreakEven>();
        for (var one : Plan.values()) {
            for (var other : Plan.values()) {
                var last = lastChange(grid, one, other, months);
                if (last.isPresent()) {
                    long queries = firstWhere(
                            grid.get((int) last.getAsLong() - 1).queries(),
                            grid.get((int) last.getAsLong()).queries(),
                            middle -> cheaper(model.estimate(middle), other, one, months));
                    points.add(new BreakEven(one, other, queries, surely(grid, one, other, months)));
                }
            }
        }
        return points;
    }

    private static List<Estimate> grid(CostModel model) {
        var grid = new ArrayList<Estimate>();
        long queries = 100;
        while (queries < MOST) {
            grid.add(model.estimate(queries));
            queries = Math.max(queries + 1, Math.round(queries * STEP));
        }
        grid.add(model.estimate(MOST));
        return grid;
    }

    /** The first place on the grid from which on {@code other} stays the cheaper, after {@code one} was. */
    private static OptionalLong lastChange(List<Estimate> grid, Plan one, Plan other, int months) {
        int place = grid.size();
        while (place > 0 && cheaper(grid.get(place - 1), other, one, months)) {
            place--;
        }
        return place == 0 || place == grid.size() ? OptionalLong.empty() : OptionalLong.of(place);
    }

    private static OptionalLong surely(List<Estimate> grid, Plan one, Plan other, int months) {
        int place = grid.size();
        while (place > 0
                && grid.get(place - 1).of(other).allIn(months).high()
                        < grid.get(place - 1).of(one).allIn(months).low()) {
            place--;
        }
        return place == grid.size()
                ? OptionalLong.empty()
                : OptionalLong.of(grid.get(place).queries());
    }

    private static boolean cheaper(Estimate estimate, Plan plan, Plan than, int months) {
        return estimate.of(plan).allIn(months).middle()
                < estimate.of(than).allIn(months).middle();
    }

    private static long firstWhere(long no, long yes, LongPredicate holds) {
        while (yes - no > 1) {
            long middle = no + (yes - no) / 2;
            if (holds.test(middle)) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        return yes;
    }
}
