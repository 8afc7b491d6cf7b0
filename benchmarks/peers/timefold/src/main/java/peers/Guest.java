package peers;

import java.util.ArrayList;
import java.util.List;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;

/** The group of a session that moves indoors when it rains, and its host. */
@PlanningEntity
public class Guest {
    /** A project that may take groups in. */
    public record Host(int project, int room) {}

    /** A host on a day before or after noon; groups that share one are taken to be there together. */
    record Half(Host host, int half) {}

    /** What a group takes of that. */
    record Part(Half half, long places) {}

    /** A group and the places of its people. */
    record Need(Guest guest, long places) {
        List<Part> parts() {
            List<Part> out = new ArrayList<>();
            for (int half : guest.halves()) {
                out.add(new Part(new Half(guest.host, half), places));
            }
            return out;
        }
    }

    private static final int NOON = 765; // 12:45, between the sessions of a morning and of an afternoon

    @PlanningId
    private int id;
    private Session session;
    private Tables.GuestRow row;
    private List<Host> hosts;

    @PlanningVariable(allowsUnassigned = true)
    private Host host;

    public Guest() {}

    public Guest(int id, Session session, Tables.GuestRow row) {
        this.id = id;
        this.session = session;
        this.row = row;
        hosts = new ArrayList<>();
        for (int i = 0; row.hosts != null && i < row.hosts.length; i++) {
            hosts.add(new Host(row.hosts[i], row.rooms[i]));
        }
    }

    @ValueRangeProvider
    public List<Host> getHosts() {
        return hosts;
    }

    public int getId() {
        return id;
    }

    public Session getSession() {
        return session;
    }

    public Host getHost() {
        return host;
    }

    public void setHost(Host host) {
        this.host = host;
    }

    int most() {
        return row.most;
    }

    boolean suits(Actor person) {
        int at = hosts.indexOf(host);
        return at >= 0 && (row.suits[person.index] >> at & 1) != 0;
    }

    List<Integer> halves() {
        long midnight = session.day() * 1440L;
        List<Integer> out = new ArrayList<>();
        if (session.start() - midnight < NOON) {
            out.add(2 * session.day());
        }
        if (session.end() - midnight > NOON) {
            out.add(2 * session.day() + 1);
        }
        return out;
    }
}
