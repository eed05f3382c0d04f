// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.why;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.session.Focus;
import org.tailwalk.app.session.Replay;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.MapKey;
import org.tailwalk.event.MapRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.replay.EventText;
import org.tailwalk.replay.PacketReplay;
import org.tailwalk.replay.ProgramNames;
import org.tailwalk.replay.history.Write;
import org.tailwalk.replay.why.Cause;
import org.tailwalk.replay.why.Explanation;
import org.tailwalk.replay.why.Why;

/**
 * Why the packet shown ended as it did. Stays with its packet while one follows its links; another
 * packet that is chosen by itself takes its place. UI thread.
 */
public final class WhyViewModel {
  private final Focus focus;
  private final Work work;
  private final Texts texts = Texts.of(WhyViewModel.class);
  private final ObservableList<WhyLink> chain = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<List<Explanation.Line>> lines =
      new ReadOnlyObjectWrapper<>(List.of());
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper("");
  private final BooleanProperty active = new SimpleBooleanProperty();
  private BiConsumer<MapRef, MapKey> reveal = (_, _) -> {};
  private @Nullable PacketReplay explained;
  private long following;

  /** Follows what the window looks at. */
  public WhyViewModel(Focus focus, Work work) {
    this.focus = focus;
    this.work = work;
    focus
        .replayProperty()
        .addListener((_, _, _) -> {
          following = 0;
          refresh();
        });
    focus.packetProperty().addListener((_, _, now) -> moved(now));
    active.addListener((_, _, _) -> refresh());
    refresh();
  }

  private void moved(@Nullable PacketReplay now) {
    if (now != null && now.number() == following) {
      return;
    }
    following = 0;
    refresh();
  }

  private void refresh() {
    Replay replay = focus.replayProperty().get();
    PacketReplay packet = focus.packetProperty().get();
    if (!active.get() || packet == explained && packet != null) {
      return;
    }
    explained = packet;
    if (replay == null || packet == null) {
      chain.clear();
      lines.set(List.of());
      nothing.set(focus.packetless().orElse(texts.get("nothing")));
      return;
    }
    work.run(
        () -> new Why(replay.scenario(), replay.history().primary()).explain(packet),
        found -> {
          if (explained == packet) {
            show(found);
          }
        },
        e -> {
          if (explained == packet) {
            chain.clear();
            lines.set(List.of());
            nothing.set(texts.get("failed", Texts.say(e)));
          }
        });
  }

  private void show(Explanation found) {
    nothing.set("");
    lines.set(found.lines());
    List<WhyLink> links = new ArrayList<>();
    for (Cause cause : found.chain()) {
      links.add(link(cause));
    }
    chain.setAll(links);
  }

  private WhyLink link(Cause cause) {
    return switch (cause) {
      case Cause.Outcome o -> {
        String verdict = Texts.say(EventText.outcome(o.verdict()));
        var reason = o.reason();
        yield step(
            cause,
            reason == null ? verdict : verdict + ": " + reason.text(),
            "P" + o.packet(),
            o.packet(),
            -1);
      }
      case Cause.Branch b ->
          step(
              cause,
              texts.get("branch", ProgramNames.function(b.program())) + source(b.source()),
              b.packet(),
              b.step());
      case Cause.MissedCall m ->
          step(
              cause,
              texts.get("missed", m.map().toString(), Long.toString(m.slot())),
              m.packet(),
              m.step());
      case Cause.Lookup l ->
          step(
              cause,
              texts.get(
                  l.hit() ? "lookup.hit" : "lookup.miss",
                  l.map().toString(),
                  EventText.key(l.key())),
              l.packet(),
              l.step());
      case Cause.Entry e ->
          new WhyLink(
              cause,
              texts.get(
                  e.value() == null ? "entry.gone" : e.nearest() ? "entry.nearest" : "entry",
                  e.map().toString(),
                  EventText.key(e.key())),
              texts.get("maps"),
              new WhyLink.Target.AtEntry(e.map(), e.key()));
      case Cause.Written w -> written(w);
    };
  }

  private WhyLink written(Cause.Written w) {
    String what =
        texts.get(
            switch (w.write().kind()) {
              case CREATED -> "written.created";
              case CHANGED -> "written.changed";
              case DELETED -> "written.deleted";
            });
    return switch (w.write().writer()) {
      case Write.Writer.ControlPlane _ ->
          new WhyLink(w, texts.get("written.start", what), "", new WhyLink.Target.Nowhere());
      case Write.Writer.Collector c ->
          new WhyLink(
              w,
              texts.get("written.collector", what, Texts.say(c.message())),
              "P" + c.nextPacket(),
              new WhyLink.Target.AtStep(c.nextPacket(), 0));
      case Write.Writer.ByPacket by ->
          step(w, texts.get("written.packet", what), by.packet(), by.step());
    };
  }

  private static WhyLink step(Cause cause, String text, long packet, int step) {
    return step(cause, text, "P" + packet + ".S" + step, packet, step - 1);
  }

  private static WhyLink step(Cause cause, String text, String place, long packet, int row) {
    return new WhyLink(cause, text, place, new WhyLink.Target.AtStep(packet, row));
  }

  private static String source(@Nullable SourceRef source) {
    if (source == null || source.file() == null || source.line() == 0) {
      return "";
    }
    String file = source.file();
    return ", " + file.substring(file.lastIndexOf('/') + 1) + ":" + source.line();
  }

  /** A dropped packet's account in some sentences: the reason, what it hung on, and where to go. */
  public static String brief(Explanation found) {
    Texts texts = Texts.of(WhyViewModel.class);
    List<String> sentences = new ArrayList<>();
    for (String label : List.of("verdict", "because", "nearest", "tried", "decided")) {
      String text = Texts.say(found.message(label));
      if (label.equals("verdict")) {
        // The steps show that it was dropped, and who was told.
        text = text.replaceFirst("^DROPPED: ", "").replaceFirst("[;；].*", "");
      }
      if (!text.isEmpty()) {
        String named =
            label.equals("decided") || label.equals("nearest")
                ? texts.get("brief." + label, text)
                : text;
        sentences.add(Character.toUpperCase(named.charAt(0)) + named.substring(1) + ".");
      }
    }
    sentences.add(texts.get("brief.more"));
    return String.join(" ", sentences);
  }

  /** Goes where a link leads. */
  public void follow(WhyLink link) {
    switch (link.target()) {
      case WhyLink.Target.Nowhere _ -> {}
      case WhyLink.Target.AtStep(long packet, int row) -> {
        following = packet;
        focus.go((int) packet, row);
      }
      case WhyLink.Target.AtEntry(MapRef map, MapKey key) -> reveal.accept(map, key);
    }
  }

  /** Who shows an entry among the maps. */
  public void onReveal(BiConsumer<MapRef, MapKey> shows) {
    reveal = shows;
  }

  /** The account, at most ten lines. */
  public ReadOnlyObjectProperty<List<Explanation.Line>> linesProperty() {
    return lines.getReadOnlyProperty();
  }

  /** From the outcome back. */
  public ObservableList<WhyLink> chain() {
    return chain;
  }

  /** Why there is no account; empty when there is one. */
  public ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  /** Whether somebody looks. */
  public BooleanProperty activeProperty() {
    return active;
  }
}
