package peers;

import java.util.List;

/** A week as solver.Problem.WriteTables writes it. Names are those of its Go types. */
public final class Tables {
    public int people;
    public int supervisors;
    public int minibuses;
    public long base;
    public List<SessionRow> sessions;
    public List<ActorRow> actors;
    public long[][] masks;
    public int maskWords;
    public List<GridRow> grids;
    public List<ClashRow> clashes;
    public int[][] apart;
    public int[][] meets;
    public boolean[] shareCounts;
    public List<CrowdRow> crowds;
    public List<LoneRow> lones;
    public List<GuestRow> guests;
    public int[] takes;

    public static final class SessionRow {
        public int project;
        public int minutes;
        public long start;
        public long end;
        public int day;
    }

    public static final class ActorRow {
        public int[] sessions;
        public int[] costs;
        public int[] comes;
        public int[] minutes;
        public int[] fits;
        public int[] required;
        public int left;
        public int before;
        public int share;
    }

    public static final class GridRow {
        public String rule;
        public int shape;
        public int when;
        public long price;
        public int cols;
        public int cells;
        public int[] limit;
        public long[][] worth;
        public int[] row;
        public int[] weight;
        public int[] guard;
        public int[][] columns;
        public int[] length;
        public boolean worked;
        public int mask;
    }

    public static final class ClashRow {
        public int kind;
        public int[] class_;
        public int[][][] rows;

        @com.fasterxml.jackson.annotation.JsonProperty("class")
        public void setClasses(int[] classes) {
            class_ = classes;
        }
    }

    public static final class CrowdRow {
        public int[][] columns;
        public int[] weight;
        public int mask;
        public int[][] has;
        public int[][] adds;
        public int rooms;
        public long limit;
        public int booked;
    }

    public static final class LoneRow {
        public boolean[] sessions;
        public int[] row;
        public int[] comes;
        public long price;
        public long limit;
    }

    public static final class GuestRow {
        public int session;
        public int[] hosts;
        public int[] rooms;
        public int most;
        public long[] suits;
    }
}
