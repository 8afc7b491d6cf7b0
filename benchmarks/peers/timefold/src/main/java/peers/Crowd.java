package peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import ai.timefold.solver.core.api.score.stream.uni.UniConstraintCollector;

/** People of whom each comes by chance, and the room for those who come. */
public final class Crowd {
    static final long SURE = 1L << 30;
    static final int NO_LIMIT = 1 << 30;
    static final Comparator<Part> ORDER = Comparator.comparingInt((Part p) -> p.actor).thenComparingInt(p -> p.session);

    final Tables.CrowdRow row;
    final int people;

    Crowd(Tables.CrowdRow row, int people) {
        this.row = row;
        this.people = people;
    }

    record Cell(Crowd crowd, int index) {}

    /** Somebody who may come (weight above 0), or who makes room. */
    record Part(Cell cell, int actor, int session, long comes, int weight, int[] adds) {}

    /** The broken cases of a cell. */
    long cases(int index, List<Part> parts) {
        parts.sort(ORDER);
        long[] room = {row.has[0][index], row.rooms > 1 ? row.has[1][index] : Long.MAX_VALUE / 200};
        int weight = 0;
        long[] mass = {SURE};
        for (Part p : parts) {
            for (int i = 0; i < row.rooms; i++) {
                room[i] += p.adds == null ? 0 : p.adds[i];
            }
            if (p.weight > 0) {
                weight += p.weight;
                mass = spread(mass, p);
            }
        }
        if (weight == 0) {
            return 0;
        }
        long least = Math.min(room[0], room[1]);
        int need = 0;
        long over = SURE - mass[0];
        while (over > row.limit) {
            need++;
            over -= mass[need];
        }
        long broken = Math.max(0, need - least);
        if (row.booked != NO_LIMIT) {
            broken = Math.max(broken, weight - least * row.booked / 100);
        }
        return broken;
    }

    private static long[] spread(long[] mass, Part p) {
        long[] next = new long[mass.length + p.weight];
        System.arraycopy(mass, 0, next, 0, mass.length);
        for (int v = mass.length - 1; v >= 0; v--) {
            long moved = next[v] * p.comes >> 30;
            next[v] -= moved;
            next[v + p.weight] += moved;
        }
        return next;
    }

    /** Collects the parts of a cell one by one, and gives its cases. */
    static final class Cases implements UniConstraintCollector<Part, List<Part>, Long> {
        @Override
        public Supplier<List<Part>> supplier() {
            return ArrayList::new;
        }

        @Override
        public java.util.function.BiFunction<List<Part>, Part, Runnable> accumulator() {
            return (list, part) -> {
                list.add(part);
                return () -> list.remove(part);
            };
        }

        @Override
        public Function<List<Part>, Long> finisher() {
            return list -> list.isEmpty() ? 0L : list.get(0).cell.crowd.cases(list.get(0).cell.index, list);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cases;
        }

        @Override
        public int hashCode() {
            return Cases.class.hashCode();
        }
    }
}
