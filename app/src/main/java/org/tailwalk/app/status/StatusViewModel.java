// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.text.Texts;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.Placement;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.text.Message;

/** The status bar, the banner and the error line. */
public final class StatusViewModel {
  /** No work is going on. */
  public static final double IDLE = Double.NaN;

  /** Work is going on, nobody knows how far it is. */
  public static final double UNKNOWN = -1;

  private final ReadOnlyStringWrapper ran = new ReadOnlyStringWrapper("");
  private final Texts texts = Texts.of(StatusViewModel.class);
  private final ReadOnlyStringWrapper clock = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper entries = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper confidence = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper task = new ReadOnlyStringWrapper("");
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(IDLE);
  private final ObjectProperty<@Nullable Runnable> cancel = new SimpleObjectProperty<>();
  private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper banner = new ReadOnlyStringWrapper("");
  private final ObservableList<String> warnings = FXCollections.observableArrayList();
  private String kernelTrouble = "";

  /** Work begins: {@code stop} ends it early. */
  public void begin(String what, Runnable stop) {
    task.set(what);
    progress.set(UNKNOWN);
    cancel.set(stop);
  }

  /** Work has come so far, 0 to 1. */
  public void at(double fraction) {
    if (!Double.isNaN(progress.get())) {
      progress.set(fraction);
    }
  }

  /** Work has ended. */
  public void end() {
    task.set("");
    progress.set(IDLE);
    cancel.set(null);
  }

  /** Ends the work that is going on early; false when there is none. */
  public boolean cancel() {
    Runnable stop = cancel.get();
    if (stop == null) {
      return false;
    }
    task.set(word("stopping"));
    stop.run();
    return true;
  }

  /** Whether work is going on that can be ended early. */
  public boolean working() {
    return cancel.get() != null;
  }

  /**
   * Says with the next replay that misses its kernel lane, and then no more, why there is none.
   *
   * @param trouble why not, and what mends it; empty when there is one
   */
  public void tellWhyModelAlone(String trouble) {
    kernelTrouble = trouble;
  }

  /** A capture was replayed. */
  public void replayed(Replay replay, List<String> captureWarnings) {
    Replay.Figures figures = replay.figures();
    StringBuilder text = new StringBuilder();
    text.append(word("replayed", figures.packets())).append(' ');
    if (figures.kernelNanos() > 0) {
      text.append(word("ran.kernel", millis(figures.kernelNanos())));
    }
    if (figures.modelNanos() > 0) {
      text.append(figures.kernelNanos() > 0 ? " · " : "")
          .append(word("ran.model", millis(figures.modelNanos())));
    }
    if (figures.kernelNanos() == 0 && figures.modelNanos() == 0) {
      text.append(millis(figures.wallNanos()));
    }
    if (!replay.recordedOn().isEmpty()) {
      text.append(" · ").append(texts.get("recorded", replay.recordedOn()));
    }
    ran.set(text.toString());
    entries.set(word("entries", figures.ctEntries()));
    clock.set(word("clock"));
    List<String> all = new ArrayList<>(captureWarnings);
    if (!replay.kernelRefusal().isEmpty()) {
      // A recording that was left aside leaves room for the engine itself, where it runs.
      all.add(
          replay.history().kernel().isPresent()
              ? replay.kernelRefusal()
              : texts.get("model-alone", replay.kernelRefusal()));
    } else if (!kernelTrouble.isEmpty() && replay.recordedOn().isEmpty()) {
      all.add(texts.get("model-alone", kernelTrouble));
      kernelTrouble = "";
    }
    if (replay.fullMap().isPresent()) {
      all.add(Texts.say(replay.fullMap().get()));
    }
    warnings.setAll(all);
    Scenario scenario = replay.scenario();
    if (scenario.inferred()) {
      String guessed =
          scenario.notes().isEmpty()
              ? ""
              : " " + word("guessed", Texts.say(Message.joined("; ", scenario.notes())));
      banner.set(word("inferred") + guessed);
    } else {
      banner.set("");
    }
  }

  /** Another packet is looked at: what is uncertain about it. */
  public void packet(PacketReplay packet, Scenario scenario) {
    StringBuilder text =
        new StringBuilder(
            word(
                scenario.inferred() ? "scenario.inferred" : "scenario.given",
                scenario.capturePoint().label()));
    if (packet.placement() instanceof Placement.Run run && !run.preDatapath()) {
      text.append(" · " + word("reconstruction"));
    }
    packet
        .placement()
        .marks()
        .forEach(mark -> text.append(" · ").append(Texts.say(mark.message())));
    packet
        .primary()
        .ifPresent(lane -> lane.trace().notes().forEach(n -> text.append(" · ").append(n)));
    confidence.set(text.toString());
  }

  /** No packet is looked at: nothing is said of the one before. */
  public void noPacket() {
    confidence.set("");
  }

  /** Shows one clear message until it is put away: what, where, why, what to do. */
  public void fail(String message) {
    error.set(message);
  }

  /** Puts the message away. */
  public void forgetError() {
    error.set("");
  }

  private static String millis(long nanos) {
    double ms = nanos / 1e6;
    return ms < 10
        ? String.format(Locale.ROOT, "%.1f ms", ms)
        : ms < 10_000
            ? String.format(Locale.ROOT, "%,.0f ms", ms)
            : String.format(Locale.ROOT, "%,.1f s", ms / 1000);
  }

  /** What ran and how fast. */
  public ReadOnlyStringProperty ranProperty() {
    return ran.getReadOnlyProperty();
  }

  /** Which clock. */
  public ReadOnlyStringProperty clockProperty() {
    return clock.getReadOnlyProperty();
  }

  /** How many conntrack entries afterwards. */
  public ReadOnlyStringProperty entriesProperty() {
    return entries.getReadOnlyProperty();
  }

  /** How sure we are of the packet that is looked at. */
  public ReadOnlyStringProperty confidenceProperty() {
    return confidence.getReadOnlyProperty();
  }

  /** What is being done; empty for nothing. */
  public ReadOnlyStringProperty taskProperty() {
    return task.getReadOnlyProperty();
  }

  /** 0 to 1, {@link #UNKNOWN}, or {@link #IDLE}. */
  public ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** What went wrong; empty for nothing. */
  public ReadOnlyStringProperty errorProperty() {
    return error.getReadOnlyProperty();
  }

  /** What one has to know of the scenario; empty for nothing. */
  public ReadOnlyStringProperty bannerProperty() {
    return banner.getReadOnlyProperty();
  }

  /** What of the capture could not be read. */
  public ObservableList<String> warnings() {
    return warnings;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(StatusViewModel.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
