// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Verdict;

/**
 * Where one engine's packet is after each row of the aligned steps.
 *
 * @param again the rows in which a program is entered by its own tail call
 * @param places one for each row; a row where this engine has nothing repeats the place before
 * @param letters the rows in which a notification leaves for the monitor
 * @param notes what a node says of itself, once its row is reached
 * @param end how it ended
 */
public record Walk(
    List<String> places, Set<Integer> again, List<Letter> letters, List<Note> notes, End end) {
  private static final Texts TEXTS = Texts.of(Walk.class);

  /** Before the first step. */
  public static final String NOWHERE = "";

  /** Keeps its own copies. */
  public Walk {
    places = List.copyOf(places);
    again = Set.copyOf(again);
    letters = List.copyOf(letters);
    notes = List.copyOf(notes);
  }

  /** A notification on its way: in row {@code row} it flies from {@code from} to the monitor. */
  public record Letter(int row, String from, boolean drop) {}

  /** What a node says from a row on. */
  public record Note(int row, String node, String text, Tone tone) {}

  /** How a thing is meant. */
  public enum Tone {
    PLAIN,
    DROP
  }

  /** How a walk ended. */
  public enum End {
    /** The packet went on. */
    FORWARDED,
    /** Dropped, and somebody was told. */
    DROPPED,
    /** Something went wrong and nobody was told: neither event nor metric. */
    UNHEARD,
    /** Nothing was run. */
    NOT_RUN
  }

  /** Nothing. */
  public static Walk none() {
    return new Walk(List.of(), Set.of(), List.of(), List.of(), End.NOT_RUN);
  }

  /**
   * Follows an engine's events.
   *
   * @param rows the engine's side of the aligned steps, null where it has nothing
   * @param unheard whether something went wrong that neither an event nor a metric tells
   */
  public static Walk of(List<@Nullable PathEvent> rows, boolean unheard) {
    List<String> places = new ArrayList<>();
    Set<Integer> again = new HashSet<>();
    int calls = 0;
    List<Letter> letters = new ArrayList<>();
    List<Note> notes = new ArrayList<>();
    String at = NOWHERE;
    String culprit = NOWHERE;
    End end = End.NOT_RUN;
    for (int row = 0; row < rows.size(); row++) {
      PathEvent event = rows.get(row);
      if (event != null) {
        switch (event) {
          case PathEvent.Entered entered -> {
            if (at.equals(entered.program().id())) {
              again.add(row);
            }
            at = entered.program().id();
            if (!at.equals(PathGraph.DROP_NOTIFY)) {
              culprit = at;
            }
          }
          case PathEvent.TailCallMissed missed ->
              notes.add(
                  new Note(
                      row,
                      at,
                      calls == TailCalls.BUDGET
                          ? TEXTS.get("note.budget", calls + 1)
                          : TEXTS.get("note.missed", Long.toString(missed.slot())),
                      Tone.DROP));
          case PathEvent.TailCallTaken _ -> calls++;
          case PathEvent.Notified notified -> {
            boolean drop = notified.notification() instanceof Notification.Drop;
            letters.add(new Letter(row, at, drop));
            if (notified.notification() instanceof Notification.Drop d) {
              notes.add(
                  new Note(row, culprit, DropReason.describe(d.reason(), d.extError()), Tone.DROP));
            }
          }
          case PathEvent.VerdictReached reached -> {
            end = end(reached.verdict(), unheard);
            switch (reached.verdict()) {
              case Verdict.ToStack _ -> at = PathGraph.STACK;
              case Verdict.ToPod _ -> at = PathGraph.POD;
              case Verdict.ToProxy _ -> at = PathGraph.PROXY;
              case Verdict.Redirected _ -> at = PathGraph.POD;
              case Verdict.PassedUnpoliced p -> {
                notes.add(
                    new Note(
                        row,
                        culprit,
                        TEXTS.get("note.returns", Integer.toString(p.code())),
                        Tone.DROP));
                at = passes(rows);
              }
              case Verdict.Dropped _ -> {
                String blamed = culprit;
                if (notes.stream()
                    .noneMatch(n -> n.node().equals(blamed) && n.tone() == Tone.DROP)) {
                  notes.add(
                      new Note(row, culprit, TEXTS.get("note.returns", "TC_ACT_SHOT"), Tone.DROP));
                }
              }
              case Verdict.NotRun _ -> {}
            }
          }
          case PathEvent.Returned _,
              PathEvent.LookedUp _,
              PathEvent.Updated _,
              PathEvent.Deleted _,
              PathEvent.Changed _,
              PathEvent.RedirectCalled _,
              PathEvent.Rewritten _,
              PathEvent.ContextChanged _ -> {}
        }
      }
      places.add(at);
    }
    return new Walk(places, again, letters, notes, end);
  }

  private static End end(Verdict verdict, boolean unheard) {
    if (verdict instanceof Verdict.NotRun) {
      return End.NOT_RUN;
    }
    if (unheard) {
      return End.UNHEARD;
    }
    return verdict instanceof Verdict.Dropped || verdict instanceof Verdict.PassedUnpoliced
        ? End.DROPPED
        : End.FORWARDED;
  }

  /** Where "no verdict" leads: into the pod from to-container, else into the host's stack. */
  private static String passes(List<@Nullable PathEvent> rows) {
    for (PathEvent event : rows) {
      if (event instanceof PathEvent.Entered entered) {
        return entered.program().id().equals("to-container") ? PathGraph.POD : PathGraph.STACK;
      }
    }
    return PathGraph.STACK;
  }

  /** The place after a row; before the first row nowhere. */
  public String place(int row) {
    return row < 0 || places.isEmpty() ? NOWHERE : places.get(Math.min(row, places.size() - 1));
  }

  /** The nodes gone through up to and with a row, in order; twice where a program called itself. */
  public List<String> route(int row) {
    List<String> route = new ArrayList<>();
    for (int i = 0; i <= Math.min(row, places.size() - 1); i++) {
      String place = places.get(i);
      if (!place.isEmpty()
          && (route.isEmpty() || !route.getLast().equals(place) || again.contains(i))) {
        route.add(place);
      }
    }
    return route;
  }

  /**
   * How much of the walk is to be seen by a row: nodes gone through, notes, letters. Only ever
   * grows, so that two rows of the same number show the same but for what moves.
   */
  int seen(int row) {
    int seen = route(row).size();
    for (Letter letter : letters) {
      seen += letter.row() <= row ? 1 : 0;
    }
    for (Note note : notes) {
      seen += note.row() <= row ? 1 : 0;
    }
    return seen;
  }

  /** The ways gone through in the whole walk, as keys of {@link StageLayout#tracks}. */
  public Set<String> ways() {
    Set<String> ways = new TreeSet<>();
    List<String> route = route(Integer.MAX_VALUE - 1);
    for (int i = 1; i < route.size(); i++) {
      ways.add(StageLayout.key(route.get(i - 1), route.get(i)));
    }
    return ways;
  }
}
