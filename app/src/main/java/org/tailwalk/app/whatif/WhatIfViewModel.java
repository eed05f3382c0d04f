// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.whatif;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.action.Edits;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Lanes;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.engine.MapOp;
import org.tailwalk.engine.ReplayEngine;
import org.tailwalk.event.MapRef;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.replay.TraceDiff;
import org.tailwalk.replay.whatif.Beside;
import org.tailwalk.replay.whatif.LeastChange;
import org.tailwalk.replay.whatif.Proposal;
import org.tailwalk.replay.whatif.Variant;
import org.tailwalk.replay.whatif.WhatIf;

/**
 * What was changed about the packet shown, and what becomes of it and of those behind it. The model
 * answers first, the kernel lane when it has loaded. UI thread; engines run where those of the
 * replay do, for it is the same capture that is read.
 */
public final class WhatIfViewModel {
  /** So many packets run on from the one that is changed. */
  static final int RUN_ON = 40;

  private final Focus focus;
  private final Work replays;
  private final Lanes lanes;
  private final Texts texts = Texts.of(WhatIfViewModel.class);
  private final Edits edits;
  private final ReadOnlyObjectWrapper<Optional<Variant>> variant =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ObservableList<Proposal> proposals = FXCollections.observableArrayList();
  private final ObservableList<WhatIfResult> results = FXCollections.observableArrayList();
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper proposed = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper elsewhere = new ReadOnlyBooleanWrapper();
  private final BooleanProperty active = new SimpleBooleanProperty();
  private volatile int generation;

  /**
   * Follows what the window looks at.
   *
   * @param edits where changes go, so that they are taken back in the order of everything else
   */
  public WhatIfViewModel(Focus focus, Work replays, Lanes lanes, Edits edits) {
    this.edits = edits;
    this.focus = focus;
    this.replays = replays;
    this.lanes = lanes;
    focus.replayProperty().addListener((_, _, _) -> restart());
    focus
        .packetProperty()
        .addListener((_, _, now) -> {
          // What was changed stays while one looks about; nothing was, so the page follows.
          if (variant.get().map(v -> v.changes().isEmpty()).orElse(true)) {
            restart();
          }
          elsewhere.set(
              now != null && variant.get().filter(v -> v.packet() != now.number()).isPresent());
        });
    active.addListener((_, _, now) -> {
      if (now && variant.get().isEmpty()) {
        restart();
      }
    });
    restart();
  }

  /** Takes the packet shown, nothing about which is changed yet. */
  public void restart() {
    generation++;
    elsewhere.set(false);
    edits.forget(this);
    results.clear();
    proposals.clear();
    proposed.set("");
    message.set("");
    busy.set(false);
    Replay replay = focus.replayProperty().get();
    PacketReplay packet = focus.packetProperty().get();
    if (replay == null || packet == null || !active.get()) {
      variant.set(Optional.empty());
      about.set(focus.packetless().orElse(texts.get("about.nothing")));
      return;
    }
    variant.set(Optional.of(Variant.of(packet.number(), replay.scenario())));
    about.set(about(packet));
    LaneTrace lane = packet.primary().orElse(null);
    if (lane != null && !LeastChange.passed(lane)) {
      propose(replay, packet);
    } else {
      proposed.set(texts.get(lane == null ? "proposed.not-run" : "proposed.passes"));
    }
  }

  private String about(PacketReplay packet) {
    return packet
        .primary()
        .map(lane -> {
          var reason = lane.reading().dropReason();
          String verdict = Texts.say(org.tailwalk.replay.EventText.outcome(lane.trace().verdict()));
          return texts.get(
              "about.packet",
              packet.number(),
              reason == null ? verdict : verdict + ": " + reason.text());
        })
        .orElseGet(() -> texts.get("about.not-run", packet.number()));
  }

  private void propose(Replay replay, PacketReplay packet) {
    ReplayEngine model = lanes.model();
    if (model == null || replay.history().model().isEmpty()) {
      proposed.set(texts.get("proposed.no-model"));
      return;
    }
    int mine = generation;
    proposed.set(texts.get("proposed.searching"));
    WhatIf.Frames frames = number -> replay.framesFrom((int) number);
    replays.run(
        () -> {
          if (generation != mine) {
            return List.<Proposal>of();
          }
          WhatIf whatIf = new WhatIf(replay.history(), frames, null, model);
          return new LeastChange(whatIf, frames, model)
              .propose(Variant.of(packet.number(), replay.scenario()), _ -> generation == mine);
        },
        found -> {
          if (generation == mine) {
            proposals.setAll(found);
            proposed.set(
                found.isEmpty()
                    ? texts.get(modelPassed(packet) ? "proposed.model-passes" : "proposed.none")
                    : texts.get("proposed.some", found.size()));
          }
        },
        e -> {
          if (generation == mine) {
            proposed.set(texts.get("failed", Texts.say(e)));
          }
        });
  }

  private static boolean modelPassed(PacketReplay packet) {
    return packet.model() != null && LeastChange.passed(packet.model());
  }

  /** Makes a change, on top of those made before. */
  public void change(UnaryOperator<Variant> by) {
    Variant now = variant.get().orElse(null);
    if (now == null) {
      return;
    }
    try {
      Variant next = by.apply(now);
      edits.did(this, texts.get("edit"), () -> become(now), () -> become(next));
      become(next);
    } catch (IllegalArgumentException e) {
      message.set(Texts.say(e));
    }
  }

  /** Takes a proposal in place of what was changed so far. */
  public void adopt(Proposal proposal) {
    change(_ -> proposal.variant());
  }

  /** What if this entry had not been there. */
  public void without(MapRef map, org.tailwalk.event.MapKey key, String name) {
    change(v -> v.withWrite(new MapOp.Delete(map, key), texts.get("change.without", name)));
  }

  private void become(Variant next) {
    variant.set(Optional.of(next));
    run(next);
  }

  /** Takes the last change back; whether there was one. */
  public boolean undo() {
    return edits.undo(this);
  }

  /** Whether there is a change to take back. */
  public boolean canUndo() {
    return edits.undoable(this);
  }

  /** Takes all changes back; {@link #undo} brings them again. */
  public void reset() {
    Variant now = variant.get().orElse(null);
    Replay replay = focus.replayProperty().get();
    if (now != null && replay != null && !now.changes().isEmpty()) {
      change(v -> Variant.of(v.packet(), replay.scenario()));
    }
  }

  private void run(Variant wanted) {
    int mine = ++generation;
    results.clear();
    message.set("");
    Replay replay = focus.replayProperty().get();
    if (replay == null || wanted.changes().isEmpty()) {
      busy.set(false);
      return;
    }
    boolean kernelLane =
        lanes.kernel() != null
            && replay.recordedOn().isEmpty()
            && replay.history().kernel().isPresent();
    busy.set(true);
    replays.run(
        () -> model(replay, wanted, mine),
        found -> {
          if (generation == mine) {
            results.setAll(found);
            if (!kernelLane) {
              busy.set(false);
              noteKernel(replay);
            }
          }
        },
        e -> failed(e, mine));
    if (kernelLane) {
      replays.run(
          () -> kernel(replay, wanted, mine),
          found -> {
            if (generation == mine) {
              busy.set(false);
              results.setAll(WhatIfResult.merge(results, found));
            }
          },
          e -> failed(e, mine));
    }
  }

  /** Ends what runs; what was changed stays. */
  public void cancel() {
    if (busy.get()) {
      generation++;
      busy.set(false);
      message.set(texts.get("cancelled"));
    }
  }

  private void noteKernel(Replay replay) {
    if (replay.history().kernel().isPresent()) {
      message.set(texts.get(replay.recordedOn().isEmpty() ? "kernel.none" : "kernel.recorded"));
    }
  }

  private void failed(Exception e, int mine) {
    if (generation == mine) {
      busy.set(false);
      message.set(texts.get("failed", Texts.say(e)));
    }
  }

  private List<WhatIfResult> model(Replay replay, Variant wanted, int mine) throws Exception {
    ReplayEngine model = lanes.model();
    if (model == null || replay.history().model().isEmpty()) {
      return List.of();
    }
    return compare(replay, wanted, null, model, mine);
  }

  private List<WhatIfResult> kernel(Replay replay, Variant wanted, int mine) throws Exception {
    Lanes.KernelLane lane = lanes.kernel();
    if (lane == null || generation != mine) {
      return List.of();
    }
    // Compiling the object can take longer than anyone waits.
    ReplayEngine engine = lane.of(wanted.scenario().datapath());
    try {
      return compare(replay, wanted, engine, null, mine);
    } finally {
      if (engine instanceof AutoCloseable closeable) {
        closeable.close();
      }
    }
  }

  private List<WhatIfResult> compare(
      Replay replay,
      Variant wanted,
      @Nullable ReplayEngine kernel,
      @Nullable ReplayEngine model,
      int mine)
      throws Exception {
    if (generation != mine) {
      return List.of();
    }
    WhatIf whatIf =
        new WhatIf(replay.history(), number -> replay.framesFrom((int) number), kernel, model);
    boolean kernelLane = kernel != null;
    TraceDiff diff =
        kernelLane
            ? new TraceDiff(replay.scenario().kernelConfig(), wanted.scenario().kernelConfig())
            : new TraceDiff(replay.scenario().modelConfig(), wanted.scenario().modelConfig());
    List<WhatIfResult> found = new ArrayList<>();
    for (PacketReplay then : whatIf.run(wanted, RUN_ON)) {
      PacketReplay was = replay.packet((int) then.number(), (_, _) -> generation == mine);
      Beside beside = Beside.of(was, then, kernelLane, diff).orElse(null);
      if (then.number() == wanted.packet() || beside != null && beside.differs()) {
        found.add(
            new WhatIfResult(
                then.number(), kernelLane ? beside : null, kernelLane ? null : beside));
      }
    }
    return found;
  }

  /** The bytes of the packet as they now go in; empty when it isn't run. */
  public Optional<Bytes> frame() {
    Variant now = variant.get().orElse(null);
    PacketReplay packet = focus.packetProperty().get();
    if (now == null || packet == null) {
      return Optional.empty();
    }
    if (now.frame() != null) {
      return Optional.of(now.frame());
    }
    return Optional.of(
        packet.placement() instanceof Placement.Run run
            ? run.injection().frame()
            : packet.frame().data());
  }

  /** The packet that is shown. */
  Optional<PacketReplay> packet() {
    return focus.packet();
  }

  /** Goes to a packet of the original. */
  public void goTo(long packet, int row) {
    focus.go((int) packet, row);
  }

  /** What is changed; empty while there is no packet. */
  public ReadOnlyObjectProperty<Optional<Variant>> variantProperty() {
    return variant.getReadOnlyProperty();
  }

  /** The changes that let the packet pass; the least first. */
  public ObservableList<Proposal> proposals() {
    return proposals;
  }

  /** The packet that was changed, and those behind it that fare otherwise now. */
  public ObservableList<WhatIfResult> results() {
    return results;
  }

  /** The packet, and what became of it. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** How the search for the least change went. */
  public ReadOnlyStringProperty proposedProperty() {
    return proposed.getReadOnlyProperty();
  }

  /** What went wrong with the last change, or is missing from the answer; else empty. */
  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  /** Whether a lane is still running. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Whether the window shows another packet than the one that was changed. */
  public ReadOnlyBooleanProperty elsewhereProperty() {
    return elsewhere.getReadOnlyProperty();
  }

  /** Whether somebody looks. */
  public BooleanProperty activeProperty() {
    return active;
  }
}
