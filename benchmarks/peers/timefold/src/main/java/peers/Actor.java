package peers;

import java.util.List;

/** A person, supervisor or minibus. */
public final class Actor {
    final int index;
    final boolean person;
    final Tables.ActorRow row;
    /** By position in row.sessions; worked out when somebody asks. */
    final Place[] places;
    final Week week;

    Actor(int index, Tables.ActorRow row, Week week) {
        this.index = index;
        this.row = row;
        this.week = week;
        person = index < week.tables.people;
        places = new Place[row.sessions.length];
    }

    /** An actor in a session, with everything that it adds to. */
    record Place(long cost, List<Grid.Part> parts, List<Crowd.Part> crowds, List<Lone.Part> lones) {}

    Place in(Session session) {
        int at = java.util.Arrays.binarySearch(row.sessions, session.index());
        if (places[at] == null) {
            places[at] = week.place(this, session, at);
        }
        return places[at];
    }

    int minutes(Session session) {
        return row.minutes == null ? session.minutes() : row.minutes[java.util.Arrays.binarySearch(row.sessions, session.index())];
    }

    long takes() {
        return week.tables.takes[index];
    }

    boolean clashes(Session s, Session t) {
        int first = person ? 0 : index < week.tables.people + week.tables.supervisors ? week.tables.people : week.tables.people + week.tables.supervisors;
        int kind = person ? 0 : first == week.tables.people ? 1 : 2;
        if (week.tables.clashes == null) {
            return false;
        }
        for (Tables.ClashRow c : week.tables.clashes) {
            if (c.kind == kind && java.util.Arrays.binarySearch(c.rows[c.class_[index - first]][s.index()], t.index()) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Somebody whose minutes have rules of their own beside the counters. */
    boolean watched() {
        return person && (row.before >= 0 || row.share >= 0 || row.fits != null);
    }

    /** The broken cases of those rules. */
    long weekCases(List<Session> unsorted) {
        List<Session> joined = unsorted.stream().sorted(java.util.Comparator.comparingInt(Session::index)).toList();
        long all = 0;
        long booked = 0;
        for (Session s : joined) {
            all += minutes(s);
            if (week.tables.shareCounts != null && week.tables.shareCounts[s.index()]) {
                booked += minutes(s);
            }
        }
        Session last = joined.get(joined.size() - 1);
        long before = all - minutes(last);
        long broken = 0;
        if (row.before >= 0 && joined.size() > 1 && before >= row.before) {
            broken++;
        }
        if (row.share >= 0 && booked > Math.max(0, row.share)) {
            boolean early = week.tables.shareCounts[last.index()] && before < row.left && row.left < all && booked - (all - row.left) <= row.share;
            broken += early ? 0 : 1;
        }
        if (row.fits != null) {
            for (Session s : joined) {
                long m = minutes(s);
                long left = row.left - before;
                if (s == last && 0 < left && left < m) {
                    m = left;
                }
                int fits = row.fits[java.util.Arrays.binarySearch(row.sessions, s.index())];
                broken += fits > 0 && m > fits ? 1 : 0;
            }
        }
        return broken;
    }

    @Override
    public String toString() {
        return "actor " + index;
    }
}
