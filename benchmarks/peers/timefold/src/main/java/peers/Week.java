package peers;

import java.util.ArrayList;
import java.util.List;

/** The tables with indices made objects. */
public final class Week {
    final Tables tables;
    final List<Session> sessions = new ArrayList<>();
    final List<Actor> actors = new ArrayList<>();
    final List<Grid> grids = new ArrayList<>();
    final List<Crowd> crowds = new ArrayList<>();
    final List<Lone> lones = new ArrayList<>();

    Week(Tables tables) {
        this.tables = tables;
        for (int i = 0; i < tables.sessions.size(); i++) {
            Tables.SessionRow s = tables.sessions.get(i);
            sessions.add(new Session(i, s.project, s.minutes, s.start, s.end, s.day));
        }
        tables.grids.forEach(g -> grids.add(new Grid(g)));
        if (tables.crowds != null) {
            tables.crowds.forEach(c -> crowds.add(new Crowd(c, tables.people)));
        }
        if (tables.lones != null) {
            tables.lones.forEach(c -> lones.add(new Lone(c)));
        }
        for (int i = 0; i < tables.actors.size(); i++) {
            actors.add(new Actor(i, tables.actors.get(i), this));
        }
    }

    /** Millipoints of the empty roster, which no constraint counts. */
    long constant() {
        long sum = tables.base;
        for (Grid g : grids) {
            for (int i = 0; i < g.row.cells; i++) {
                sum += g.soft(i, 0, 0);
            }
        }
        return sum;
    }

    private boolean masked(int mask, Actor a, Session s) {
        if (mask < 0 || !a.person) {
            return false;
        }
        int k = s.project();
        return (tables.masks[mask][a.index * tables.maskWords + (k >> 6)] >>> (k & 63) & 1) == 0;
    }

    synchronized Actor.Place place(Actor a, Session s, int at) {
        List<Grid.Part> parts = new ArrayList<>();
        for (Grid g : grids) {
            addParts(parts, g, a, s);
        }
        List<Crowd.Part> crowdParts = new ArrayList<>();
        for (Crowd c : crowds) {
            addCrowd(crowdParts, c, a, s, at);
        }
        List<Lone.Part> loneParts = new ArrayList<>();
        for (Lone l : lones) {
            if (a.person && l.row.sessions[s.index()] && l.row.row[a.index] >= 0) {
                long comes = l.row.comes[l.row.row[a.index] * sessions.size() + s.index()] * Crowd.SURE / 1000;
                loneParts.add(new Lone.Part(new Lone.Cell(l, s.index()), a.index, comes));
            }
        }
        return new Actor.Place(a.row.costs[at], parts, crowdParts, loneParts);
    }

    private void addParts(List<Grid.Part> parts, Grid g, Actor a, Session s) {
        int row = g.row.row[a.index];
        if (row < 0 || g.idle || masked(g.row.mask, a, s)) {
            return;
        }
        long length = g.row.worked ? a.minutes(s) : g.row.length[s.index()];
        long value = g.row.weight[a.index] * length;
        long guard = g.row.guard == null ? 0 : g.row.guard[a.index];
        for (int col : g.row.columns[s.index()]) {
            parts.add(new Grid.Part(g.cell(row * g.row.cols + col), value, guard));
        }
    }

    /** A cell of a grid that says that nobody needs somebody. */
    interface IdleCell {
        void visit(String cell, long value, long guard);
    }

    void eachIdleCell(Actor a, Session s, IdleCell visitor) {
        for (int i = 0; i < grids.size(); i++) {
            Grid g = grids.get(i);
            if (g.idle && g.row.row[a.index] >= 0 && !masked(g.row.mask, a, s)) {
                for (int col : g.row.columns[s.index()]) {
                    long guard = g.row.guard == null ? 0 : g.row.guard[a.index];
                    visitor.visit(i + "/" + (g.row.row[a.index] * g.row.cols + col), g.row.weight[a.index], guard);
                }
            }
        }
    }

    /** Whether somebody is where nobody needs them. */
    boolean idle(java.util.Map<String, Long> guards, Actor a, Session s) {
        boolean[] found = {false};
        eachIdleCell(a, s, (cell, value, guard) -> found[0] |= value > 0 && guards.getOrDefault(cell, 0L) <= 0);
        return found[0];
    }

    private void addCrowd(List<Crowd.Part> parts, Crowd c, Actor a, Session s, int at) {
        int weight = a.person && !masked(c.row.mask, a, s) ? c.row.weight[a.index] : 0;
        int[] adds = null;
        if (!a.person) {
            int k = a.index - tables.people;
            adds = new int[] {c.row.adds[0][k], c.row.rooms > 1 ? c.row.adds[1][k] : 0};
            if (adds[0] == 0 && adds[1] == 0) {
                return;
            }
        } else if (weight == 0) {
            return;
        }
        long comes = a.person ? a.row.comes[at] * Crowd.SURE / 1000 : 0;
        for (int col : c.row.columns[s.index()]) {
            parts.add(new Crowd.Part(new Crowd.Cell(c, col), a.index, s.index(), comes, weight, adds));
        }
    }
}
