package peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.solver.SolverFactory;

/** Tells the program that started this one what is found, like python/answers.py. */
final class Answers {
    private final Week week;
    private final long constant;
    private final ObjectMapper json = new ObjectMapper();
    private long began;
    private double written = -1;
    private HardSoftLongScore best;
    private Roster waiting;
    private double waitingSince;

    Answers(Week week) {
        this.week = week;
        constant = week.constant();
    }

    synchronized void start(int threads) {
        began = System.nanoTime();
        String version = SolverFactory.class.getPackage().getImplementationVersion();
        say(Map.of("event", "start", "version", "Timefold Solver Community " + version,
                "settings", threads + " searches side by side, one with its default moves, one with ruin and recreate besides; first roster as start"));
        Thread writer = new Thread(this::keepWriting);
        writer.setDaemon(true);
        writer.start();
    }

    private double elapsed() {
        return (System.nanoTime() - began) / 1e9;
    }

    synchronized void found(Roster roster) {
        if (best != null && roster.getScore().compareTo(best) <= 0) {
            return;
        }
        best = roster.getScore();
        waiting = roster;
        waitingSince = elapsed();
        writeIfDue();
    }

    private void keepWriting() {
        try {
            while (true) {
                Thread.sleep(100);
                synchronized (this) {
                    writeIfDue();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeIfDue() {
        double now = elapsed();
        if (waiting != null && now - written >= now / 50) {
            write();
        }
    }

    private void write() {
        Roster roster = waiting;
        waiting = null;
        written = elapsed();
        say(Map.of("event", "answer", "at", waitingSince, "objective", constant - roster.getScore().softScore(),
                "hard", roster.getScore().hardScore(), "pairs", pairs(roster)));
    }

    /** Who is where, without supervisors and minibuses that nobody needs. */
    private List<String> pairs(Roster roster) {
        Map<String, Long> guards = new java.util.HashMap<>();
        for (Slot s : roster.getSlots()) {
            if (s.getSession() != null) {
                week.eachIdleCell(s.getActor(), s.getSession(), (key, value, guard) -> guards.merge(key, guard, Long::sum));
            }
        }
        List<String> out = new ArrayList<>();
        for (Slot s : roster.getSlots()) {
            if (s.getSession() != null && !week.idle(guards, s.getActor(), s.getSession())) {
                out.add("x" + s.getActor().index + "_" + s.getSession().index());
            }
        }
        return out;
    }

    synchronized void end() {
        if (waiting != null) {
            write();
        }
        say(Map.of("event", "end", "at", elapsed(), "status", "time limit"));
    }

    private void say(Map<String, ?> what) {
        try {
            System.out.println(json.writeValueAsString(what));
            System.out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
