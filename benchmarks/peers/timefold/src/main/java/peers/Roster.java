package peers;

import java.util.List;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;

/** A week's roster. */
@PlanningSolution
public class Roster {
    /** Two people who must not meet. */
    public record Enemies(Actor a, Actor b, Week week) {
        boolean meet(Session s, Session t) {
            return s == t || java.util.Arrays.binarySearch(week.tables.meets[s.index()], t.index()) >= 0;
        }
    }

    @PlanningEntityCollectionProperty
    private List<Slot> slots;

    @PlanningEntityCollectionProperty
    private List<Guest> guests;

    @ProblemFactCollectionProperty
    private List<Enemies> enemies;

    @PlanningScore
    private HardSoftLongScore score;

    public Roster() {}

    public Roster(List<Slot> slots, List<Guest> guests, List<Enemies> enemies) {
        this.slots = slots;
        this.guests = guests;
        this.enemies = enemies;
    }

    public List<Slot> getSlots() {
        return slots;
    }

    public List<Guest> getGuests() {
        return guests;
    }

    public List<Enemies> getEnemies() {
        return enemies;
    }

    public HardSoftLongScore getScore() {
        return score;
    }

    public void setScore(HardSoftLongScore score) {
        this.score = score;
    }
}
