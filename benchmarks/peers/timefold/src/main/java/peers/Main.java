package peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.constructionheuristic.placer.QueuedEntityPlacerConfig;
import ai.timefold.solver.core.config.heuristic.selector.entity.EntitySelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.RuinRecreateMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.value.ValueSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;

/**
 * Plans a week with Timefold Solver Community Edition.
 *
 * <p>usage: Main TABLES START SECONDS THREADS
 *
 * <p>The community edition searches on one thread, so that several searches run side by side, with seeds of
 * their own and every second one with ruin and recreate; the best roster of any is told.
 */
public final class Main {
    public static void main(String[] args) throws Exception {
        Tables tables = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .readValue(new File(args[0]), Tables.class);
        Week week = new Week(tables);
        List<String> start = Files.readAllLines(Path.of(args[1]));
        long seconds = Math.max(1, (long) Double.parseDouble(args[2]));
        int threads = Integer.parseInt(args[3]);
        Answers answers = new Answers(week);
        List<Thread> running = new ArrayList<>();
        List<Solver<Roster>> solvers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            solvers.add(SolverFactory.<Roster>create(config(seconds, i)).buildSolver());
        }
        answers.start(threads);
        for (Solver<Roster> solver : solvers) {
            Roster first = first(week, start);
            solver.addEventListener(event -> answers.found(event.getNewBestSolution()));
            Thread t = new Thread(() -> solver.solve(first));
            running.add(t);
            t.start();
        }
        for (Thread t : running) {
            t.join();
        }
        answers.end();
        System.exit(0);
    }

    /** The phases and moves are those that Timefold chooses by itself; with two kinds of entities it wants to be told which to place first. */
    private static SolverConfig config(long seconds, long seed) {
        return new SolverConfig()
                .withSolutionClass(Roster.class)
                .withEntityClasses(Guest.class, Slot.class)
                .withConstraintProviderClass(Rules.class)
                .withEnvironmentMode(EnvironmentMode.NO_ASSERT)
                .withRandomSeed(seed)
                .withTerminationSpentLimit(Duration.ofSeconds(seconds))
                .withPhases(construction(Guest.class, "host"), construction(Slot.class, "session"), search(seed % 2 == 1));
    }

    /** With ruin and recreate, which Timefold offers for such problems but does not choose by itself; or without. */
    private static LocalSearchPhaseConfig search(boolean ruin) {
        if (!ruin) {
            return new LocalSearchPhaseConfig();
        }
        return new LocalSearchPhaseConfig().withMoveSelectorConfig(new UnionMoveSelectorConfig().withMoveSelectors(
                new ChangeMoveSelectorConfig(),
                new SwapMoveSelectorConfig(),
                new RuinRecreateMoveSelectorConfig().withEntitySelectorConfig(new EntitySelectorConfig(Slot.class))));
    }

    private static ConstructionHeuristicPhaseConfig construction(Class<?> entity, String variable) {
        return new ConstructionHeuristicPhaseConfig().withEntityPlacerConfig(
                new QueuedEntityPlacerConfig()
                        .withEntitySelectorConfig(new EntitySelectorConfig().withId(variable).withEntityClass(entity))
                        .withMoveSelectorConfigs(new ChangeMoveSelectorConfig()
                                .withEntitySelectorConfig(EntitySelectorConfig.newMimicSelectorConfig(variable))
                                .withValueSelectorConfig(new ValueSelectorConfig(variable))));
    }

    /** A roster in which everybody is where the start says, and all others are nowhere. */
    private static Roster first(Week week, List<String> start) {
        List<Slot> slots = new ArrayList<>();
        List<TreeMap<Integer, List<Slot>>> byDay = new ArrayList<>();
        for (Actor a : week.actors) {
            TreeMap<Integer, List<Session>> days = new TreeMap<>();
            for (int s : a.row.sessions) {
                Session session = week.sessions.get(s);
                days.computeIfAbsent(session.day(), d -> new ArrayList<>()).add(session);
            }
            TreeMap<Integer, List<Slot>> own = new TreeMap<>();
            for (var day : days.entrySet()) {
                for (int k = 0; k < (a.person || day.getValue().size() == 1 ? 1 : 2); k++) {
                    Slot slot = new Slot(slots.size(), a, day.getValue());
                    slots.add(slot);
                    own.computeIfAbsent(day.getKey(), d -> new ArrayList<>()).add(slot);
                }
            }
            byDay.add(own);
        }
        for (String name : start) {
            String[] pair = name.substring(1).split("_");
            Session session = week.sessions.get(Integer.parseInt(pair[1]));
            byDay.get(Integer.parseInt(pair[0])).get(session.day()).stream()
                    .filter(s -> s.getSession() == null).findFirst().ifPresent(s -> s.setSession(session));
        }
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; week.tables.guests != null && i < week.tables.guests.size(); i++) {
            Tables.GuestRow g = week.tables.guests.get(i);
            guests.add(new Guest(i, week.sessions.get(g.session), g));
        }
        List<Roster.Enemies> enemies = new ArrayList<>();
        for (int i = 0; week.tables.apart != null && i < week.tables.apart.length; i++) {
            enemies.add(new Roster.Enemies(week.actors.get(week.tables.apart[i][0]), week.actors.get(week.tables.apart[i][1]), week));
        }
        return new Roster(slots, guests, enemies);
    }

    private Main() {}
}
