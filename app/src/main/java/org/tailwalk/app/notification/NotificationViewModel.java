// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.inspector.PacketReading;
import org.tailwalk.app.notification.NotificationFields.Part;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.DropReason;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.Step;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.AlignedStep;
import org.tailwalk.replay.DropFile;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.MonitorText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.why.Unheard;
import org.tailwalk.scenario.NodeState;
import org.tailwalk.text.Message;

/** The notifications of the packet shown. Does nothing while nobody looks. UI thread. */
public final class NotificationViewModel {
  private static final Texts TEXTS = Texts.of(NotificationViewModel.class);

  /**
   * What stands in the tab.
   *
   * @param letters in the order of the steps
   * @param nothing why there are none; empty when there are
   */
  record Content(long packet, List<Letter> letters, String nothing) {}

  /**
   * A notification, in one lane or both; or one that was never sent.
   *
   * @param row 0-based aligned step; −1 for one that was never sent
   * @param title what it is and where it was sent
   * @param lanes who sent it, in words
   * @param line as {@code cilium monitor -v} prints it: the kernel's, else the model's
   * @param differs whether the lanes tell different things
   * @param missing whether this is a letter that never left
   * @param fields none for one that was never sent
   */
  record Letter(
      int row,
      String title,
      String lanes,
      String line,
      boolean differs,
      boolean missing,
      List<Line> fields) {}

  /**
   * A field in both lanes.
   *
   * @param raw the kernel's bytes, else the model's
   * @param value likewise
   * @param other the model's value where it is another; empty where not
   */
  record Line(int offset, String name, String raw, String value, String meaning, String other) {}

  private final Focus focus;
  private final PacketReading<Content> reading;

  /** Looks at what {@code focus} looks at, once {@link #shownProperty} says so. */
  public NotificationViewModel(Focus focus, Work work) {
    this.focus = focus;
    this.reading =
        new PacketReading<>(
            focus,
            work,
            () ->
                new Content(
                    0, List.of(), focus.packetless().orElse(TEXTS.get("nothing.no-packet"))),
            NotificationViewModel::read);
  }

  static Content read(PacketReplay packet, NodeState node) {
    List<Letter> letters = new ArrayList<>();
    letters.addAll(missing(packet));
    for (AlignedStep row : packet.rows()) {
      Notification kernel = sent(row.kernel());
      Notification model = sent(row.model());
      if (kernel != null || model != null) {
        letters.add(letter(packet, row, kernel, model, node));
      }
    }
    String nothing = "";
    if (letters.isEmpty()) {
      nothing = TEXTS.get(packet.rows().isEmpty() ? "nothing.not-run" : "nothing.silent");
    }
    return new Content(packet.number(), letters, nothing);
  }

  private static @Nullable Notification sent(@Nullable Step step) {
    return step != null && step.event() instanceof PathEvent.Notified(_, Notification told)
        ? told
        : null;
  }

  private static Letter letter(
      PacketReplay packet,
      AlignedStep row,
      @Nullable Notification kernel,
      @Nullable Notification model,
      NodeState node) {
    Notification first = Objects.requireNonNull(kernel != null ? kernel : model);
    boolean alone = kernel == null || model == null;
    boolean one = packet.kernel() == null || packet.model() == null;
    boolean compared = !alone && !one;
    // The line and file that a drop tells belong to the program's text: never compared.
    boolean differs = alone && !one || compared && !row.same();
    String lanes =
        one
            ? ""
            : alone
                ? TEXTS.get(kernel != null ? "lanes.kernel" : "lanes.model")
                : TEXTS.get(differs ? "lanes.differ" : "lanes.same");
    PathEvent.Notified event = (PathEvent.Notified) row.either().event();
    // Where both lanes sent it, the kernel's steps have lines.
    LaneTrace lane = Objects.requireNonNull(kernel != null ? packet.kernel() : packet.model());
    List<Line> lines =
        lines(first, compared ? model : null, node, DropFile.of(lane.trace(), event));
    return new Letter(
        row.index() - 1,
        TEXTS.get(
            "title",
            TEXTS.get("kind." + kind(first)),
            row.id(packet.number()),
            ProgramNames.function(event.program())),
        lanes,
        MonitorText.line(lane.trace(), event),
        differs,
        false,
        lines);
  }

  private static List<Line> lines(
      Notification first, @Nullable Notification second, NodeState node, Optional<String> file) {
    List<Part> parts = NotificationFields.of(first, node, file);
    List<Part> others = second == null ? List.of() : NotificationFields.of(second, node, file);
    List<Line> lines = new ArrayList<>();
    for (Part part : parts) {
      String other =
          others.stream()
              .filter(o -> o.name().equals(part.name()) && !o.raw().equals(part.raw()))
              .findFirst()
              .map(o -> o.meaning().isEmpty() ? o.value() : o.value() + " " + o.meaning())
              .orElse("");
      lines.add(
          new Line(
              part.offset(),
              part.name(),
              shorten(part.raw()),
              part.value(),
              part.meaning(),
              other));
    }
    return lines;
  }

  private static String shorten(Bytes raw) {
    return raw.length() <= 16 ? raw.hex() : raw.slice(0, 12).hex() + "…";
  }

  static String kind(Notification notification) {
    return switch (notification) {
      case Notification.Drop _ -> "drop";
      case Notification.Trace _ -> "trace";
      case Notification.PolicyVerdict _ -> "verdict";
      case Notification.Debug _ -> "debug";
      case Notification.DebugCapture _ -> "capture";
      case Notification.Signal _ -> "signal";
      case Notification.Unknown _ -> "unknown";
    };
  }

  /** What was never sent, once where both lanes leave the same unsaid. */
  private static List<Letter> missing(PacketReplay packet) {
    boolean one = packet.kernel() == null || packet.model() == null;
    Optional<Unheard.Letter> kernel = Unheard.letter(packet, true);
    Optional<Unheard.Letter> model = Unheard.letter(packet, false);
    if (kernel.isPresent() && kernel.equals(model)) {
      return List.of(missing(TEXTS.get("lanes.same"), kernel.get()));
    }
    List<Letter> letters = new ArrayList<>();
    kernel.ifPresent(l -> letters.add(missing(one ? "" : TEXTS.get("lanes.kernel"), l)));
    model.ifPresent(l -> letters.add(missing(one ? "" : TEXTS.get("lanes.model"), l)));
    return letters;
  }

  private static Letter missing(String lanes, Unheard.Letter letter) {
    String why =
        TEXTS.get(
            "missing.why",
            ProgramNames.function(letter.program()),
            String.valueOf(letter.code()),
            DropReason.describe(-letter.code() & 0xff, 0));
    return new Letter(
        -1,
        TEXTS.get("missing.title"),
        lanes,
        String.join(
            "\n",
            why,
            sentence(letter.consequence()),
            sentence(letter.told()),
            sentence(letter.mended())),
        false,
        true,
        List.of());
  }

  private static String sentence(Message message) {
    String text = Texts.say(message);
    return TEXTS.get("sentence", Character.toUpperCase(text.charAt(0)) + text.substring(1));
  }

  /** Takes the window to the step that sent it. */
  void goTo(Letter letter) {
    if (letter.row() >= 0) {
      focus.go((int) reading.contentProperty().get().packet(), letter.row());
    }
  }

  /** The step that has happened last. */
  ReadOnlyIntegerProperty rowProperty() {
    return focus.rowProperty();
  }

  /** Whether anybody looks. */
  public BooleanProperty shownProperty() {
    return reading.shownProperty();
  }

  ReadOnlyObjectProperty<Content> contentProperty() {
    return reading.contentProperty();
  }
}
