// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.path;

import java.util.Set;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.engine.ProgramGraph;

/** What the stage shows, without a window. Used on the UI thread; layouts are made beside it. */
public final class PathViewModel {
  private final Work work;
  private final StageLayouter layouter = new StageLayouter();
  private final ReadOnlyObjectWrapper<StageLayout> layout =
      new ReadOnlyObjectWrapper<>(StageLayout.empty());
  private final ReadOnlyObjectWrapper<StageState> state =
      new ReadOnlyObjectWrapper<>(StageState.NONE);
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ObjectProperty<String> selectedNode = new SimpleObjectProperty<>("");
  private final BooleanProperty everything = new SimpleBooleanProperty();
  private final BooleanProperty ahead = new SimpleBooleanProperty(true);
  private final BooleanProperty capture = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<StageCounts> counts =
      new ReadOnlyObjectWrapper<>(StageCounts.none());
  private final BooleanProperty waiting = new SimpleBooleanProperty();
  private PathGraph wanted = PathGraph.empty();
  private Function<Boolean, PathGraph> build = _ -> PathGraph.empty();
  private boolean eased = true;

  /** Lays out with {@code work}'s background. */
  public PathViewModel(Work work) {
    this.work = work;
    everything.addListener((_, _, _) -> layOut());
  }

  /**
   * Shows the programs of an object, as soon as they are laid out.
   *
   * @param walked those that any packet of the capture has entered
   */
  public void showGraph(ProgramGraph programs, String pod, Set<String> walked) {
    build = all -> PathGraph.of(programs, pod, walked, all);
    layOut();
  }

  /** How often the capture went where. */
  public void showCounts(StageCounts now) {
    counts.set(now);
  }

  private void layOut() {
    PathGraph graph = build.apply(everything.get());
    wanted = graph;
    work.run(
        () -> layouter.layout(graph),
        made -> {
          if (wanted.equals(graph)) {
            layout.set(made);
          }
        });
  }

  /** Whether something is on its way while nothing is laid out. */
  public BooleanProperty waitingProperty() {
    return waiting;
  }

  /** Shows a packet at a moment. */
  public void show(StageState now, String aboutIt) {
    state.set(now);
    about.set(aboutIt);
  }

  /** Shows the same packet at another moment. */
  public void move(int row, double fraction) {
    state.set(state.get().at(row, fraction));
  }

  /** Whether tokens start and stop softly: in the run speeds, not in the fast ones. */
  public void setEased(boolean now) {
    eased = now;
  }

  /** See {@link #setEased}. */
  public boolean eased() {
    return eased;
  }

  /**
   * Whether the stage shows where the packet will go: the rest of its way, and where lanes part.
   */
  public BooleanProperty aheadProperty() {
    return ahead;
  }

  /** Whether programs that no packet enters are shown as well. */
  public BooleanProperty everythingProperty() {
    return everything;
  }

  /** Whether the whole capture's counts are shown instead of the packet. */
  public BooleanProperty captureProperty() {
    return capture;
  }

  /** The whole capture's counts. */
  public ReadOnlyObjectProperty<StageCounts> countsProperty() {
    return counts.getReadOnlyProperty();
  }

  /** Where everything stands. */
  public ReadOnlyObjectProperty<StageLayout> layoutProperty() {
    return layout.getReadOnlyProperty();
  }

  /** What is shown. */
  public ReadOnlyObjectProperty<StageState> stateProperty() {
    return state.getReadOnlyProperty();
  }

  /** The header's words about the packet. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** The node that was clicked on, empty for none. */
  public ObjectProperty<String> selectedNodeProperty() {
    return selectedNode;
  }
}
