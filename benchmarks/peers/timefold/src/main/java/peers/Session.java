package peers;

/** One project on one day, by its index. */
public record Session(int index, int project, int minutes, long start, long end, int day) {
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return index;
    }

    @Override
    public String toString() {
        return "session " + index;
    }
}
