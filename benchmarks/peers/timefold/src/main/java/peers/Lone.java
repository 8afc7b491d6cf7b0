package peers;

import java.util.Comparator;
import java.util.List;

/** People of whom exactly one may come, which has a price where two or more are booked. */
public final class Lone {
    final Tables.LoneRow row;

    Lone(Tables.LoneRow row) {
        this.row = row;
    }

    record Cell(Lone lone, int session) {}

    record Part(Cell cell, int actor, long comes) {}

    /** The chance that exactly one comes, in parts of Crowd.SURE; 0 where fewer than two are booked. */
    static long one(List<Part> parts) {
        if (parts.size() < 2) {
            return 0;
        }
        long none = Crowd.SURE;
        long one = 0;
        for (Part p : parts.stream().sorted(Comparator.comparingInt(Part::actor)).toList()) {
            long more = none * p.comes >> 30;
            long lost = one * p.comes >> 30;
            none -= more;
            one += more - lost;
        }
        return one;
    }

    long price(List<Part> parts) {
        return row.price * one(parts) >> 30;
    }

    long cases(List<Part> parts) {
        return one(parts) > row.limit ? 1 : 0;
    }
}
