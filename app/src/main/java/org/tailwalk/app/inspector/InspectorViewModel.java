// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.inspector;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.tailwalk.app.tasks.Work;
import org.tailwalk.app.text.Texts;
import org.tailwalk.event.HeaderField;
import org.tailwalk.event.PathEvent;
import org.tailwalk.packet.Bytes;
import org.tailwalk.replay.LaneTrace;
import org.tailwalk.replay.PacketReplay;

/** The packet that is looked at, before the datapath or after it. */
public final class InspectorViewModel {
  /**
   * What is shown.
   *
   * @param tree the headers, and behind them what the datapath changed, if anything
   * @param changed bytes that the datapath changed
   */
  record Content(Bytes bytes, List<PacketNode> tree, BitSet changed) {
    /** Nothing. */
    static final Content NONE = new Content(Bytes.empty(), List.of(), new BitSet());

    /** Keeps its own copies. */
    Content {
      tree = List.copyOf(tree);
      changed = (BitSet) changed.clone();
    }
  }

  /** A span of bytes that stands out. */
  public record Span(int from, int to) {
    /** None. */
    public static final Span NONE = new Span(0, 0);
  }

  private static final Texts TEXTS = Texts.of(InspectorViewModel.class);

  /** The name of the node that holds what the datapath changed. */
  static final String CHANGED = "changed";

  /** Characters of an IPv6 address at its longest. */
  private static final int LONGEST = 39;

  private final Work work;
  private final ReadOnlyObjectWrapper<Content> content = new ReadOnlyObjectWrapper<>(Content.NONE);
  private final ReadOnlyObjectWrapper<Span> marked = new ReadOnlyObjectWrapper<>(Span.NONE);
  private final ReadOnlyIntegerWrapper picked = new ReadOnlyIntegerWrapper(-1);
  private final ReadOnlyStringWrapper about = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper nothing = new ReadOnlyStringWrapper(TEXTS.get("nothing"));
  private final BooleanProperty after = new SimpleBooleanProperty();
  private final BooleanProperty looked = new SimpleBooleanProperty(true);
  private boolean stale;
  private Bytes before = Bytes.empty();
  private Bytes afterwards = Bytes.empty();
  private BitSet changed = new BitSet();
  private List<PacketNode> rewrites = List.of();
  private int asked;

  /** Reads packets in {@code work}'s background. */
  public InspectorViewModel(Work work) {
    this.work = work;
    after.addListener((_, _, _) -> read());
    looked.addListener((_, _, now) -> {
      if (now && stale) {
        read();
      }
    });
    work.run(
        () -> {
          PacketTree.warm();
          return true;
        },
        _ -> {});
  }

  /** Shows no packet. */
  public void clear() {
    nothing.set(TEXTS.get("nothing"));
    before = Bytes.empty();
    afterwards = before;
    changed = new BitSet();
    rewrites = List.of();
    about.set("");
    read();
  }

  /** Shows a packet. */
  public void show(PacketReplay packet) {
    before = packet.frame().data();
    afterwards = packet.primary().map(lane -> lane.trace().frame()).orElse(before);
    changed = new BitSet();
    List<PacketNode> fields = new ArrayList<>();
    packet.primary().ifPresent(lane -> collect(lane, fields));
    rewrites = fields;
    int wire = packet.frame().originalLength();
    about.set(
        before.length() == wire
            ? TEXTS.get("length", Integer.toString(wire))
            : TEXTS.get("length.cut", Integer.toString(before.length()), Integer.toString(wire)));
    read();
  }

  /** Why no packet is shown, where it is not that none is selected. */
  public void lacks(String why) {
    nothing.set(why);
  }

  /** What stands in the place of the bytes while there are none. */
  public ReadOnlyStringProperty nothingProperty() {
    return nothing.getReadOnlyProperty();
  }

  private void collect(LaneTrace lane, List<PacketNode> fields) {
    for (PathEvent event : lane.trace().events()) {
      switch (event) {
        case PathEvent.Rewritten r -> {
          int end = r.offset() + Math.max(r.before().length(), r.after().length());
          changed.set(r.offset(), end);
          fields.add(
              change(
                  r.field(),
                  shorten(r.field(), r.before()),
                  shorten(r.field(), r.after()),
                  r.offset(),
                  end));
        }
        case PathEvent.ContextChanged c ->
            fields.add(
                change(c.field(), "0x%x".formatted(c.before()), "0x%x".formatted(c.after()), 0, 0));
        case PathEvent.ProgramEvent _,
            PathEvent.MapEvent _,
            PathEvent.Notified _,
            PathEvent.RedirectCalled _,
            PathEvent.VerdictReached _ -> {}
      }
    }
  }

  private static PacketNode change(String field, String before, String after, int from, int to) {
    String filter = to == 0 ? "" : "rewrite == \"" + field + "\"";
    String text = field + "  " + before + " → " + after;
    return new PacketNode(field, text, from, to, after, filter, true, List.of());
  }

  private static String shorten(String field, Bytes bytes) {
    String text = HeaderField.text(field, bytes);
    return text.length() <= LONGEST ? text : bytes.slice(0, 8).hex() + "…";
  }

  private void read() {
    int mine = ++asked;
    stale = !looked.get();
    if (stale) {
      return;
    }
    Bytes captured = before;
    Bytes bytes = after.get() ? afterwards : captured;
    BitSet marks = changed;
    List<PacketNode> fields = rewrites;
    work.run(
        () -> {
          List<PacketNode> tree = new ArrayList<>();
          layers(bytes, captured).forEach(layer -> tree.add(layer.withChanges(marks)));
          if (!fields.isEmpty()) {
            String words = TEXTS.get("changed") + " · " + fields.size();
            tree.add(new PacketNode(CHANGED, words, 0, 0, "", "", true, fields));
          }
          return new Content(bytes, tree, marks);
        },
        made -> {
          // What is the same is not shown anew: nobody would mark the selected field again.
          if (mine == asked && !made.equals(content.get())) {
            marked.set(Span.NONE);
            content.set(made);
          }
        });
  }

  /** Filters know packets as they were captured: of others they would find none, or wrong ones. */
  private static List<PacketNode> layers(Bytes bytes, Bytes captured) {
    List<PacketNode> layers = PacketTree.of(bytes);
    if (bytes.equals(captured)) {
      return layers;
    }
    Set<String> finding =
        PacketTree.of(captured).stream().flatMap(PacketNode::filters).collect(Collectors.toSet());
    return layers.stream().map(layer -> layer.offering(finding)).toList();
  }

  /** Makes the bytes of a node stand out. */
  public void mark(int from, int to) {
    marked.set(new Span(from, to));
  }

  /** Makes the field stand out that holds a byte. */
  public void pick(int at) {
    picked.set(-1);
    picked.set(at);
  }

  /** The byte whose field is asked for; -1 for none. */
  public ReadOnlyIntegerProperty pickedProperty() {
    return picked.getReadOnlyProperty();
  }

  /** What is shown. */
  ReadOnlyObjectProperty<Content> contentProperty() {
    return content.getReadOnlyProperty();
  }

  /** The bytes that stand out. */
  public ReadOnlyObjectProperty<Span> markedProperty() {
    return marked.getReadOnlyProperty();
  }

  /** The header's second part. */
  public ReadOnlyStringProperty aboutProperty() {
    return about.getReadOnlyProperty();
  }

  /** Whether somebody looks: else packets are not taken apart. */
  public BooleanProperty lookedProperty() {
    return looked;
  }

  /** Whether the packet is shown as the datapath left it. */
  public BooleanProperty afterProperty() {
    return after;
  }
}
