package peers;

/** A table of counters, each cell of which has a price by its value and its guard. */
public final class Grid {
    static final int OVER = 0;
    static final int BEYOND = 1;
    static final int HOLE = 2;
    static final int MISSING = 3;
    static final int OPEN = 4;
    static final int CURVE = 5;
    static final int GUARDED = 1;
    static final int UNGUARDED = 2;

    final Tables.GridRow row;
    final Cell[] cells;
    /** It only says that somebody is where nobody needs them, who is taken out of an answer instead. */
    final boolean idle;

    Grid(Tables.GridRow row) {
        this.row = row;
        cells = new Cell[row.cells];
        idle = row.shape == OVER && row.when == UNGUARDED && row.price == 0 && limitOf(0) == 0;
    }

    Cell cell(int index) {
        if (cells[index] == null) {
            cells[index] = new Cell(this, index);
        }
        return cells[index];
    }

    long limitOf(int index) {
        if (row.limit == null) {
            return 0;
        }
        return row.limit[row.limit.length == 1 ? 0 : index];
    }

    boolean counts(long guard) {
        return switch (row.when) {
            case GUARDED -> guard > 0;
            case UNGUARDED -> guard <= 0;
            default -> true;
        };
    }

    /** How many cases are broken, or have a price each. */
    long cases(int index, long value) {
        long limit = limitOf(index);
        return switch (row.shape) {
            case OVER -> Math.max(0, value - limit);
            case BEYOND -> value > limit ? 1 : 0;
            case HOLE -> 0 < value && value < limit ? 1 : 0;
            case MISSING -> value == 0 ? 1 : 0;
            default -> 0;
        };
    }

    long hard(int index, long value, long guard) {
        return idle || row.price != 0 || row.shape >= OPEN || !counts(guard) ? 0 : cases(index, value);
    }

    /** In millipoints. */
    long soft(int index, long value, long guard) {
        if (!counts(guard)) {
            return 0;
        }
        return switch (row.shape) {
            case OPEN -> value > 0 ? limitOf(index) : 0;
            case CURVE -> -worth(row.worth[index / row.cols], value);
            default -> row.price == 0 ? 0 : row.price * cases(index, value);
        };
    }

    /** First tier up to a day, second up to what is needed, third to the cap. */
    static long worth(long[] w, long minutes) {
        long day = w[3];
        long needed = w[4];
        long m = Math.min(minutes, w[5]);
        return w[0] * Math.min(m, day) + w[1] * Math.max(0, Math.min(m, needed) - day) + w[2] * Math.max(0, m - Math.max(day, needed));
    }

    /** One counter. */
    static final class Cell {
        final Grid grid;
        final int index;
        final long hardAtZero;
        final long softAtZero;

        Cell(Grid grid, int index) {
            this.grid = grid;
            this.index = index;
            hardAtZero = grid.hard(index, 0, 0);
            softAtZero = grid.soft(index, 0, 0);
        }

        long hard(long value, long guard) {
            return grid.hard(index, value, guard) - hardAtZero;
        }

        long soft(long value, long guard) {
            return grid.soft(index, value, guard) - softAtZero;
        }
    }

    /** What somebody in a session adds to a cell. */
    record Part(Cell cell, long value, long guard) {
        Cell getCell() {
            return cell;
        }
    }
}
