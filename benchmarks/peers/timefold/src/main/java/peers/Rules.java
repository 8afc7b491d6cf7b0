package peers;

import static ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore.ONE_HARD;
import static ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore.ONE_SOFT;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sumLong;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.toList;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;
import static ai.timefold.solver.core.api.score.stream.Joiners.filtering;

import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import ai.timefold.solver.core.api.score.stream.tri.TriConstraintStream;

/** The rules as incremental streams over the engine's tables: each stream is a kernel. */
public final class Rules implements ConstraintProvider {
    @Override
    public Constraint[] defineConstraints(ConstraintFactory f) {
        TriConstraintStream<Grid.Cell, Long, Long> cells = f.forEach(Slot.class)
                .flattenLast(Slot::parts)
                .groupBy(Grid.Part::cell, sumLong(Grid.Part::value), sumLong(Grid.Part::guard));
        return new Constraint[] {
            f.forEach(Slot.class).impactLong(ONE_SOFT, s -> -s.place().cost()).asConstraint("pairs"),
            cells.impactLong(ONE_HARD, (c, v, g) -> -c.hard(v, g)).asConstraint("counters"),
            cells.impactLong(ONE_SOFT, (c, v, g) -> -c.soft(v, g)).asConstraint("prices of counters"),
            clash(f), apart(f), week(f), crowd(f), lone(f), loneLimit(f), hostless(f), unsuited(f), fullHost(f)
        };
    }

    private Constraint clash(ConstraintFactory f) {
        return f.forEachUniquePair(Slot.class, equal(Slot::getActor))
                .filter((a, b) -> a.getSession() == b.getSession() || a.getActor().clashes(a.getSession(), b.getSession()))
                .penalizeLong(ONE_HARD, (a, b) -> 1L)
                .asConstraint("clashes");
    }

    private Constraint apart(ConstraintFactory f) {
        return f.forEach(Roster.Enemies.class)
                .join(Slot.class, equal(Roster.Enemies::a, Slot::getActor))
                .join(Slot.class, equal((e, s) -> e.b(), Slot::getActor))
                .filter((e, s, t) -> e.meet(s.getSession(), t.getSession()))
                .penalizeLong(ONE_HARD, (e, s, t) -> 1L)
                .asConstraint("apart");
    }

    private Constraint week(ConstraintFactory f) {
        return f.forEach(Slot.class)
                .filter(s -> s.getActor().watched())
                .groupBy(Slot::getActor, toList(Slot::getSession))
                .penalizeLong(ONE_HARD, Actor::weekCases)
                .asConstraint("minutes of a week");
    }

    private Constraint crowd(ConstraintFactory f) {
        return f.forEach(Slot.class)
                .flattenLast(Slot::crowdParts)
                .groupBy(Crowd.Part::cell, new Crowd.Cases())
                .penalizeLong(ONE_HARD, (cell, cases) -> cases)
                .asConstraint("too many may come");
    }

    private Constraint lone(ConstraintFactory f) {
        return f.forEach(Slot.class)
                .flattenLast(Slot::loneParts)
                .groupBy(Lone.Part::cell, toList())
                .impactLong(ONE_SOFT, (cell, parts) -> -cell.lone().price(parts))
                .asConstraint("may come alone");
    }

    private Constraint loneLimit(ConstraintFactory f) {
        return f.forEach(Slot.class)
                .flattenLast(Slot::loneParts)
                .groupBy(Lone.Part::cell, toList())
                .penalizeLong(ONE_HARD, (cell, parts) -> cell.lone().cases(parts))
                .asConstraint("too likely to come alone");
    }

    private Constraint hostless(ConstraintFactory f) {
        return f.forEachIncludingUnassigned(Guest.class)
                .filter(g -> g.getHost() == null)
                .ifExists(Slot.class, equal(Guest::getSession, Slot::getSession), filtering((g, s) -> s.isPerson()))
                .penalizeLong(ONE_HARD, g -> 1L)
                .asConstraint("nowhere to go when it rains");
    }

    private Constraint unsuited(ConstraintFactory f) {
        return f.forEach(Guest.class)
                .join(Slot.class, equal(Guest::getSession, Slot::getSession), filtering((g, s) -> s.isPerson() && !g.suits(s.getActor())))
                .penalizeLong(ONE_HARD, (g, s) -> 1L)
                .asConstraint("host does not suit");
    }

    private Constraint fullHost(ConstraintFactory f) {
        return f.forEach(Guest.class)
                .join(Slot.class, equal(Guest::getSession, Slot::getSession), filtering((g, s) -> s.isPerson()))
                .groupBy((g, s) -> g, sumLong((g, s) -> s.getActor().takes()))
                .map((g, places) -> new Guest.Need(g, Math.min(places, g.most())))
                .flattenLast(Guest.Need::parts)
                .groupBy(Guest.Part::half, sumLong(Guest.Part::places))
                .penalizeLong(ONE_HARD, (half, places) -> Math.max(0, places - half.host().room()))
                .asConstraint("host is full");
    }
}
