// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Verdict;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.Divergence;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.text.Message;

/** The steps of the packet that is looked at. */
public final class StepsViewModel {
  private final ObservableList<StepRow> rows = FXCollections.observableArrayList();
  private @Nullable PacketReplay shown;
  private boolean veiled;
  private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(word("title"));
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final Texts texts = Texts.of(StepsViewModel.class);
  private final ReadOnlyStringWrapper kernelTitle = new ReadOnlyStringWrapper(texts.get("kernel"));
  private final ReadOnlyStringWrapper explanation = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper explanationTitle = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper explainsDrop = new ReadOnlyBooleanWrapper();
  private Consumer<PacketReplay> onDropped = _ -> {};
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
  private final ReadOnlyIntegerWrapper current = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyIntegerWrapper parting = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyBooleanWrapper kernelLane = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper modelLane = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper same = new ReadOnlyBooleanWrapper();

  /** Shows no packet. */
  public void clear() {
    shown = null;
    rows.clear();
    title.set(word("title"));
    about.set("");
    explanation.set("");
    nothing.set(word("nothing"));
    current.set(-1);
  }

  /** Whether a packet is on its way while none is shown. */
  public void waiting(boolean now) {
    if (shown == null) {
      nothing.set(word(now ? "waiting" : "nothing"));
    }
  }

  /** Why no packet is shown, where it is neither that nothing is open nor that one will come. */
  public void lacks(String why) {
    nothing.set(why);
  }

  /** The machine whose recording the kernel's column shows; empty for an engine that runs. */
  public void recordedOn(String machine) {
    kernelTitle.set(
        machine.isEmpty() ? texts.get("kernel") : texts.get("kernel.recorded", machine));
  }

  /** What stands over the kernel's column. */
  public ReadOnlyStringProperty kernelTitleProperty() {
    return kernelTitle.getReadOnlyProperty();
  }

  /** Shows a packet. */
  public void show(PacketReplay packet) {
    shown = packet;
    if (veiled) {
      showVeiled(packet);
      return;
    }
    title.set(word("title.packet", packet.number()));
    kernelLane.set(packet.kernel() != null);
    modelLane.set(packet.model() != null);
    Divergence divergence = packet.divergence();
    int first = divergence == null ? 0 : divergence.step();
    parting.set(first - 1);
    same.set(divergence == null && packet.kernel() != null && packet.model() != null);
    rows.setAll(rows(packet, first));
    about.set(about(packet, divergence));
    explanationTitle.set(texts.get("why"));
    explainsDrop.set(false);
    explanation.set(divergence == null ? "" : Texts.say(divergence.message()));
    if (divergence == null && wentWrong(packet)) {
      onDropped.accept(packet);
    }
    nothing.set(
        switch (packet.placement()) {
          case Placement.NotRun(String reason, Message detail, _) ->
              word("not-run", reason, Texts.say(detail));
          case Placement.DuplicateOf(long sighting, _) -> word("duplicate", sighting);
          case Placement.Run _ -> "";
        });
  }

  private static boolean wentWrong(PacketReplay packet) {
    LaneTrace lane = packet.kernel() != null ? packet.kernel() : packet.model();
    return lane != null && lane.reading().wentWrong();
  }

  /** Who is to say why a packet was dropped that both engines dropped; by {@link #explain}. */
  public void onDropped(Consumer<PacketReplay> asks) {
    onDropped = asks;
  }

  /** Says why a packet was dropped, if it is still the one shown. */
  public void explain(PacketReplay packet, String text) {
    if (packet == shown && !veiled) {
      boolean passed =
          packet
              .primary()
              .map(lane -> lane.trace().verdict() instanceof Verdict.PassedUnpoliced)
              .orElse(false);
      explanationTitle.set(texts.get(passed ? "why.unpoliced" : "why.dropped"));
      explainsDrop.set(true);
      explanation.set(text);
    }
  }

  /** Keeps what has not happened yet to itself: the steps behind the current one. */
  public void setVeiled(boolean now) {
    PacketReplay packet = shown;
    if (now == veiled || packet == null) {
      veiled = now;
      return;
    }
    int row = current.get();
    veiled = now;
    show(packet);
    setCurrent(row);
  }

  private void showVeiled(PacketReplay packet) {
    title.set(texts.get("title.veiled", packet.number()));
    kernelLane.set(packet.kernel() != null);
    modelLane.set(packet.model() != null);
    parting.set(-1);
    same.set(false);
    about.set(texts.get("about.veiled"));
    explanation.set("");
    nothing.set("");
    rows.setAll(rows(packet, 0).stream().limit(1).toList());
  }

  private static List<StepRow> rows(PacketReplay packet, int parting) {
    List<StepRow> made = new ArrayList<>();
    String node = "";
    for (AlignedStep step : packet.rows()) {
      if (step.either().event() instanceof PathEvent.Entered entered) {
        node = entered.program().id();
      }
      made.add(StepRow.of(packet, step, node, parting));
    }
    return made;
  }

  private static String about(PacketReplay packet, @Nullable Divergence d) {
    if (packet.rows().isEmpty()) {
      return "";
    }
    if (packet.kernel() == null) {
      return word("model.alone");
    }
    if (packet.model() == null) {
      return word("kernel.alone");
    }
    if (d == null) {
      return word("same");
    }
    return d.step() == 0 ? word("incomparable") : word("diverges", d.step());
  }

  /** Marks the step that has happened last, 0-based. */
  public void setCurrent(int row) {
    PacketReplay packet = shown;
    if (veiled && packet != null) {
      // Only ever longer: a list that is made anew would lose the view's selection.
      List<StepRow> all = rows(packet, 0);
      for (int i = rows.size(); i <= Math.min(row, all.size() - 1); i++) {
        rows.add(all.get(i));
      }
    }
    current.set(rows.isEmpty() ? -1 : Math.min(row, rows.size() - 1));
  }

  /** The first step inside a program, 0-based; -1 when the packet was never there. */
  public int firstStepIn(String node) {
    return rows.stream()
        .filter(r -> r.node().equals(node))
        .mapToInt(StepRow::index)
        .findFirst()
        .orElse(-1);
  }

  /** The rows. */
  public ObservableList<StepRow> rows() {
    return rows;
  }

  /** The header. */
  public ReadOnlyStringProperty titleProperty() {
    return title.getReadOnlyProperty();
  }

  /** The header's second part. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** What the explanation is about. */
  public ReadOnlyStringProperty explanationTitleProperty() {
    return explanationTitle.getReadOnlyProperty();
  }

  /** Whether the explanation is of a drop, not of a difference. */
  public ReadOnlyBooleanProperty explainsDropProperty() {
    return explainsDrop.getReadOnlyProperty();
  }

  /** Why the engines differ, or why the packet was dropped; empty when neither. */
  public ReadOnlyStringProperty explanationProperty() {
    return explanation.getReadOnlyProperty();
  }

  /** Why there are no steps; empty when there are. */
  public ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  /** The step that has happened last, 0-based, -1 for none. */
  public ReadOnlyIntegerProperty currentProperty() {
    return current.getReadOnlyProperty();
  }

  /** The row where the engines first differ, 0-based, -1 for none. */
  public ReadOnlyIntegerProperty partingProperty() {
    return parting.getReadOnlyProperty();
  }

  /** Whether both engines ran the packet and did the same at every step. */
  public ReadOnlyBooleanProperty sameProperty() {
    return same.getReadOnlyProperty();
  }

  /** Whether the packet has a kernel lane. */
  public ReadOnlyBooleanProperty kernelLaneProperty() {
    return kernelLane.getReadOnlyProperty();
  }

  /** Whether the packet has a model lane. */
  public ReadOnlyBooleanProperty modelLaneProperty() {
    return modelLane.getReadOnlyProperty();
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(StepsViewModel.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
