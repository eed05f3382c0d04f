// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.transport;

import java.util.Locale;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.text.Texts;

/**
 * Where the replay stands and how it moves on. A packet's rows may come later than the packet is
 * gone to: until then the clock waits.
 */
public final class TransportViewModel {
  /** Up to this speed tokens start and stop softly ("run"); above they don't ("fast"). */
  public static final double FAST_ABOVE = 4;

  private static final double MOVING_ROW_SECONDS = 0.55;
  private static final double RESTING_ROW_SECONDS = 0.14;
  private static final double BETWEEN_PACKETS_SECONDS = 0.35;

  private final ReadOnlyObjectWrapper<Position> position =
      new ReadOnlyObjectWrapper<>(Position.NONE);
  private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
  private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper(word("none"));
  private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
  private final DoubleProperty speed = new SimpleDoubleProperty(1);
  private final ObjectProperty<StepBy> stepBy = new SimpleObjectProperty<>(StepBy.TAIL_CALL);
  private final BooleanProperty reducedMotion = new SimpleBooleanProperty();

  private Order order = Order.EMPTY;
  private @Nullable Rows rows;

  /** Where a tick has come so far; null outside of one. */
  private @Nullable Position ahead;

  private boolean wantEnd;
  private int direction = 1;
  private final IntegerProperty glideTo = new SimpleIntegerProperty(-1);
  private final BooleanBinding running = playing.or(glideTo.greaterThanOrEqualTo(0));
  private double pause;

  /** Begins anew with these packets, at {@code packet}'s end; 0 for none. */
  public void open(Order packets, int packet) {
    open(packets, packet, true);
  }

  /**
   * The same, at the packet's end or its beginning.
   *
   * @param end whether its whole walk is to be seen
   */
  public void open(Order packets, int packet, boolean end) {
    order = packets;
    stop();
    rows = null;
    position.set(Position.NONE);
    if (packet > 0) {
      go(packet, end);
    } else {
      describe();
    }
  }

  /** Goes on with another order of the same packets; the position stays. */
  public void reorder(Order packets) {
    order = packets;
    describe();
  }

  /** Goes to a packet: to its first row, or to its last one, where its whole walk is seen. */
  public void go(int packet, boolean end) {
    said.set("");
    glideTo.set(-1);
    pause = 0;
    if (packet == at().packet() && rows != null) {
      wantEnd = end;
      set(packet, end ? rows.last() : 0, 0);
      return;
    }
    rows = null;
    wantEnd = end;
    set(packet, 0, 0);
  }

  /** Goes to a row of the packet that is shown, and stops there. */
  public void goToRow(int row) {
    said.set("");
    arriveAt(row);
  }

  /** The same at the end of a move that has begun before: what was said of it stays. */
  public void arriveAt(int row) {
    stop();
    if (rows != null) {
      set(position.get().packet(), Math.clamp(row, 0, rows.last()), 0);
    }
  }

  /** Moves to a row of the packet that is shown, forward or back, and stops there. */
  public void playTo(int row) {
    said.set("");
    land();
    stop();
    if (rows != null) {
      int target = Math.clamp(row, 0, rows.last());
      int now = position.get().row();
      if (target != now) {
        glide(target, target > now ? 1 : -1);
      }
    }
  }

  /** Says something beside the position, until the next move. */
  public void say(String words) {
    said.set(words);
  }

  /** Ends a step that is on its way at once; false when none is. */
  public boolean hurry() {
    boolean gliding = glideTo.get() >= 0;
    land();
    return gliding;
  }

  /** Tells the rows of a packet; ignored when it is no longer the one shown. */
  public void rowsKnown(int packet, Rows known) {
    if (packet == position.get().packet()) {
      rows = known;
      set(packet, wantEnd ? known.last() : Math.min(position.get().row(), known.last()), 0);
    }
  }

  /** Plays, or pauses. At the end of a packet that was gone to by hand, plays that packet. */
  public void togglePlay() {
    if (playing.get()) {
      stop();
      return;
    }
    Position now = position.get();
    if (now.packet() == 0) {
      return;
    }
    said.set("");
    if (rows != null && now.row() >= rows.last()) {
      wantEnd = false;
      set(now.packet(), 0, 0);
    }
    direction = 1;
    glideTo.set(-1);
    playing.set(true);
  }

  /** Stops playing where it stands. */
  public void stop() {
    playing.set(false);
    glideTo.set(-1);
  }

  /** One step on, as long as {@link #stepByProperty} says. */
  public void stepForward() {
    said.set("");
    land();
    stop();
    Position now = position.get();
    if (stepBy.get() == StepBy.PACKET || rows == null || now.row() >= rows.last()) {
      jump(order.next(now.packet()), stepBy.get() == StepBy.PACKET, word("said.end"));
      return;
    }
    int target =
        stepBy.get() == StepBy.TAIL_CALL ? rows.calls().nextSetBit(now.row() + 1) : now.row() + 1;
    glide(target < 0 ? rows.last() : Math.min(target, rows.last()), 1);
  }

  /** One step back. */
  public void stepBack() {
    said.set("");
    land();
    stop();
    Position now = position.get();
    if (stepBy.get() == StepBy.PACKET || rows == null || (now.row() == 0 && now.fraction() == 0)) {
      jump(order.previous(now.packet()), true, word("said.begin"));
      return;
    }
    int before = now.fraction() > 0 ? now.row() : now.row() - 1;
    int target = stepBy.get() == StepBy.TAIL_CALL ? rows.calls().previousSetBit(before) : before;
    glide(Math.max(0, target), -1);
  }

  /** To the first packet. */
  public void first() {
    stop();
    jump(order.next(0), true, "");
  }

  /** To the last packet. */
  public void last() {
    stop();
    jump(order.previous(order.total() + 1), true, "");
  }

  /** Express to the next packet that was dropped or went wrong. */
  public void nextDrop() {
    stop();
    jump(order.nextDrop(position.get().packet()), true, word("said.no-drop"));
  }

  /** Express to the next packet over which the engines differ. */
  public void nextDivergence() {
    stop();
    jump(order.nextDivergence(position.get().packet()), true, word("said.no-divergence"));
  }

  private void jump(int packet, boolean end, String otherwise) {
    if (packet > 0) {
      go(packet, end);
    } else {
      said.set(otherwise);
    }
  }

  private void glide(int target, int towards) {
    if (reducedMotion.get()) {
      set(position.get().packet(), target, 0);
      return;
    }
    glideTo.set(target);
    direction = towards;
  }

  /** Ends a glide at once, so that steps in quick succession each count. */
  private void land() {
    if (glideTo.get() >= 0) {
      set(position.get().packet(), glideTo.get(), 0);
      glideTo.set(-1);
    }
  }

  /** Whether the clock has anything to do. */
  public boolean running() {
    return running.get();
  }

  /** See {@link #running}. */
  public ObservableBooleanValue runningProperty() {
    return running;
  }

  /** Lets {@code seconds} of real time pass. */
  public void tick(double seconds) {
    Rows known = rows;
    if (!running() || known == null) {
      return;
    }
    double left = Math.min(seconds, 0.25) * speed.get();
    // However many rows pass in a tick, whoever watches is told where it ends.
    ahead = position.get();
    while (left > 0 && running() && known != null) {
      left = direction > 0 ? forward(known, left) : backward(known, left);
      known = rows;
    }
    Position end = ahead;
    ahead = null;
    commit(end);
  }

  private double forward(Rows known, double left) {
    Position now = at();
    if (glideTo.get() >= 0 && now.row() >= glideTo.get()) {
      glideTo.set(-1);
      return 0;
    }
    if (now.row() >= known.last()) {
      pause += left;
      if (pause < BETWEEN_PACKETS_SECONDS) {
        return 0;
      }
      double over = pause - BETWEEN_PACKETS_SECONDS;
      pause = 0;
      int next = order.next(now.packet());
      if (next == 0) {
        stop();
        said.set(word("said.over"));
        return 0;
      }
      go(next, false);
      return over;
    }
    double takes = seconds(known, now.row() + 1);
    double need = (1 - now.fraction()) * takes;
    if (left < need) {
      set(now.packet(), now.row(), now.fraction() + left / takes);
      return 0;
    }
    set(now.packet(), now.row() + 1, 0);
    return left - need;
  }

  private double backward(Rows known, double left) {
    Position now = at();
    if (now.row() == glideTo.get() && now.fraction() <= 0) {
      glideTo.set(-1);
      return 0;
    }
    int from = now.fraction() > 0 ? now.row() : now.row() - 1;
    double fraction = now.fraction() > 0 ? now.fraction() : 1;
    double takes = seconds(known, from + 1);
    double need = fraction * takes;
    if (left < need) {
      set(now.packet(), from, fraction - left / takes);
      return 0;
    }
    set(now.packet(), from, 0);
    return left - need;
  }

  private static double seconds(Rows known, int row) {
    return known.moving().get(row) ? MOVING_ROW_SECONDS : RESTING_ROW_SECONDS;
  }

  private void set(int packet, int row, double fraction) {
    Position next = new Position(packet, row, fraction);
    if (ahead == null) {
      commit(next);
    } else {
      ahead = next;
    }
  }

  private Position at() {
    Position now = ahead;
    return now == null ? position.get() : now;
  }

  private void commit(Position next) {
    Position was = position.get();
    if (!next.equals(was)) {
      position.set(next);
    }
    if (next.packet() != was.packet() || next.row() != was.row() || next.fraction() == 0) {
      describe();
    }
  }

  private void describe() {
    Position now = position.get();
    if (now.packet() == 0) {
      text.set(word("none"));
      return;
    }
    long nanos = order.sinceFirstNanos(now.packet());
    Rows known = rows;
    text.set(
        word(
            "text",
            now.packet(),
            order.total(),
            known == null ? "…" : (now.row() + 1) + " / " + known.count(),
            String.format(
                Locale.ROOT,
                "%s%d.%06d",
                nanos < 0 ? "-" : "",
                Math.abs(nanos) / 1_000_000_000,
                Math.abs(nanos) % 1_000_000_000 / 1000)));
  }

  /** Whether tokens start and stop softly at this speed. */
  public boolean eased() {
    return speed.get() <= FAST_ABOVE;
  }

  /** The moment that is shown. */
  public ReadOnlyObjectProperty<Position> positionProperty() {
    return position.getReadOnlyProperty();
  }

  /** Whether it plays; a single step on its way doesn't count. */
  public ReadOnlyBooleanProperty playingProperty() {
    return playing.getReadOnlyProperty();
  }

  /** The position in words. */
  public ReadOnlyStringProperty textProperty() {
    return text.getReadOnlyProperty();
  }

  /** Why the last order could not be followed; empty when it could. */
  public ReadOnlyStringProperty saidProperty() {
    return said.getReadOnlyProperty();
  }

  /** Times as fast as slow: 0.25 to 16. */
  public DoubleProperty speedProperty() {
    return speed;
  }

  /** How far a step goes. */
  public ObjectProperty<StepBy> stepByProperty() {
    return stepBy;
  }

  /** Steps jump instead of moving. */
  public BooleanProperty reducedMotionProperty() {
    return reducedMotion;
  }

  private static String word(String key, Object... values) {
    Texts texts = Texts.of(TransportViewModel.class);
    return values.length == 0 ? texts.get(key) : texts.get(key, values);
  }
}
