package peers;

import java.util.List;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;

/** A day of somebody, or half a day of a supervisor or minibus: in one session or in none. */
@PlanningEntity
public class Slot {
    @PlanningId
    private int id;
    private Actor actor;
    private List<Session> options;

    @PlanningVariable(allowsUnassigned = true)
    private Session session;

    public Slot() {}

    public Slot(int id, Actor actor, List<Session> options) {
        this.id = id;
        this.actor = actor;
        this.options = options;
    }

    @ValueRangeProvider
    public List<Session> getOptions() {
        return options;
    }

    public int getId() {
        return id;
    }

    public Actor getActor() {
        return actor;
    }

    public Session getSession() {
        return session;
    }

    public void setSession(Session session) {
        this.session = session;
    }

    boolean isPerson() {
        return actor.person;
    }

    Actor.Place place() {
        return actor.in(session);
    }

    List<Grid.Part> parts() {
        return place().parts();
    }

    List<Crowd.Part> crowdParts() {
        return place().crowds();
    }

    List<Lone.Part> loneParts() {
        return place().lones();
    }
}
