// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.annotation.AnnotationsViewModel;
import org.tailwalk.app.session.Annotations;
import org.tailwalk.app.session.Breakpoint;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;

/** The breakpoints of a session, and running to them. UI thread. */
public final class BreakpointsViewModel {
  private static final long TELL_NANOS = 50_000_000;
  private static final long SECOND = 1_000_000_000L;

  private final AnnotationsViewModel said;
  private final Focus focus;
  private final Work work;
  private final Work replays;
  private final StatusViewModel status;
  private final Texts texts = Texts.of(BreakpointsViewModel.class);
  private final Words words = new Words();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyObjectWrapper<@Nullable Stop> stopped = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<BitSet> ticks = new ReadOnlyObjectWrapper<>(new BitSet());
  private final ReadOnlyObjectWrapper<List<Breakpoint>> list =
      new ReadOnlyObjectWrapper<>(List.of());
  private final Map<Integer, Integer> hits = new HashMap<>();
  private final AtomicInteger generation = new AtomicInteger();
  private final AtomicInteger search = new AtomicInteger();
  private KeyedPackets keyed = KeyedPackets.of(null);

  /**
   * With the session's breakpoints.
   *
   * @param work for short jobs that touch no replay
   * @param replays where replays are used
   */
  public BreakpointsViewModel(
      AnnotationsViewModel said, Focus focus, Work work, Work replays, StatusViewModel status) {
    this.said = said;
    this.focus = focus;
    this.work = work;
    this.replays = replays;
    this.status = status;
    said.annotationsProperty()
        .addListener((_, was, now) -> {
          if (!was.breakpoints().equals(now.breakpoints())) {
            list.set(now.breakpoints());
            look();
          }
        });
    focus
        .replayProperty()
        .addListener((_, _, now) -> {
          keyed = KeyedPackets.of(now);
          cancel();
          hits.clear();
          stopped.set(null);
          message.set("");
          look();
        });
    list.set(said.annotationsProperty().get().breakpoints());
  }

  /** Finds in the background the packets that may be stopped in, for the strip. */
  private void look() {
    int mine = generation.incrementAndGet();
    Replay replay = focus.replay().orElse(null);
    Annotations now = said.annotationsProperty().get();
    if (replay == null || now.breakpoints().isEmpty()) {
      ticks.set(new BitSet());
      return;
    }
    KeyedPackets known = keyed;
    BooleanSupplier goOn = () -> generation.get() == mine;
    work.run(
        () -> new StopSearch(replay, now, known, goOn).mayStop(goOn),
        found -> {
          if (generation.get() == mine) {
            ticks.set(found);
          }
        });
  }

  private void change(UnaryOperator<List<Breakpoint>> how) {
    Annotations now = said.annotationsProperty().get();
    said.set(now.withBreakpoints(how.apply(new ArrayList<>(now.breakpoints()))));
  }

  /** Adds a breakpoint, or switches the one on that there is. */
  public Breakpoint add(Breakpoint.On on, String condition) {
    Optional<Breakpoint> known =
        list.get().stream()
            .filter(b -> b.on().equals(on) && b.condition().equals(condition))
            .findFirst();
    if (known.isPresent()) {
      replace(known.get().withEnabled(true));
      return known.get();
    }
    int id = list.get().stream().mapToInt(Breakpoint::id).max().orElse(0) + 1;
    Breakpoint added = new Breakpoint(id, true, on, condition);
    change(points -> {
      points.add(added);
      return points;
    });
    message.set(texts.get("added", words.of(on)));
    return added;
  }

  /** Puts a breakpoint in the place of the one with its number. */
  public void replace(Breakpoint now) {
    change(points -> {
      points.replaceAll(b -> b.id() == now.id() ? now : b);
      return points;
    });
  }

  /** Takes a breakpoint away. */
  public void remove(int id) {
    hits.remove(id);
    change(points -> {
      points.removeIf(b -> b.id() == id);
      return points;
    });
  }

  /** Takes all away. */
  public void removeAll() {
    hits.clear();
    change(_ -> List.of());
  }

  /** Whether any could stop. */
  public boolean any() {
    return list.get().stream().anyMatch(Breakpoint::enabled);
  }

  /** What may be broken on at the step that is shown, with words for each. */
  public List<Breakpoint.On> suggestions() {
    return focus.packet().map(p -> suggestions(p, focus.rowProperty().get())).orElse(List.of());
  }

  /** What may be broken on at a row of a packet. */
  public List<Breakpoint.On> suggestions(PacketReplay packet, int row) {
    if (row < 0 || row >= packet.rows().size()) {
      return List.of();
    }
    long now =
        packet.placement() instanceof Placement.Run run ? run.injection().timeNanos() / SECOND : 0;
    return Suggestions.of(packet.rows().get(row).either().event(), now);
  }

  /** In words. */
  public String describe(Breakpoint.On on) {
    return words.of(on);
  }

  /** Breaks on what the step that is shown does; false when nothing can be broken on there. */
  public boolean breakHere() {
    List<Breakpoint.On> found = suggestions();
    if (found.isEmpty()) {
      message.set(texts.get("nothing-here"));
      return false;
    }
    add(found.getFirst(), "");
    return true;
  }

  /** Runs to the next stop (1) or back to the previous one (-1). */
  public void run(int step) {
    Replay replay = focus.replay().orElse(null);
    PacketReplay packet = focus.packet().orElse(null);
    cancel();
    message.set("");
    if (replay == null || packet == null) {
      return;
    }
    if (!any()) {
      message.set(texts.get("none"));
      return;
    }
    int mine = search.incrementAndGet();
    int from = (int) packet.number();
    int row = focus.rowProperty().get();
    Annotations now = said.annotationsProperty().get();
    running.set(true);
    status.begin(texts.get(step > 0 ? "running" : "running-back"), this::cancel);
    long[] told = {System.nanoTime()};
    KeyedPackets known = keyed;
    BooleanSupplier goOn = () -> search.get() == mine;
    replays.run(
        () ->
            new StopSearch(replay, now, known, goOn)
                .next(
                    from,
                    row,
                    step,
                    goOn,
                    part -> {
                      if (System.nanoTime() - told[0] > TELL_NANOS) {
                        told[0] = System.nanoTime();
                        replays.onUi(() -> {
                          if (search.get() == mine) {
                            status.at(part);
                          }
                        });
                      }
                    }),
        found -> {
          if (search.get() == mine) {
            ended(found, step);
          }
        },
        e -> {
          if (search.get() == mine) {
            running.set(false);
            status.end();
            if (!(e instanceof CancellationException)) {
              status.fail(String.valueOf(e.getMessage()));
            }
          }
        });
  }

  private void ended(Optional<Stop> found, int step) {
    running.set(false);
    status.end();
    if (found.isEmpty()) {
      message.set(texts.get(step > 0 ? "no-further" : "no-earlier"));
      return;
    }
    Stop stop = found.get();
    hits.merge(stop.breakpoint(), 1, Integer::sum);
    stopped.set(stop);
    focus.go(stop.packet(), stop.row());
    // A move takes away what was said before it.
    message.set(
        list.get().stream()
            .filter(b -> b.id() == stop.breakpoint())
            .findFirst()
            .map(b -> texts.get("stopped", words.of(b.on())))
            .orElse(""));
  }

  /** Ends a search. */
  public void cancel() {
    search.incrementAndGet();
    if (running.get()) {
      running.set(false);
      status.end();
    }
  }

  /** How often running stopped there. */
  public int hits(int id) {
    return hits.getOrDefault(id, 0);
  }

  /** The breakpoints, in the order in which they were added. */
  public ReadOnlyObjectProperty<List<Breakpoint>> listProperty() {
    return list.getReadOnlyProperty();
  }

  /** Whether a search goes on. */
  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** What came of the last order, in words. */
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  /** Where it stopped last; holds null as long as it did not. */
  public ReadOnlyObjectProperty<@Nullable Stop> stoppedProperty() {
    return stopped.getReadOnlyProperty();
  }

  /** The packets that may be stopped in. */
  public ReadOnlyObjectProperty<BitSet> ticksProperty() {
    return ticks.getReadOnlyProperty();
  }
}
