// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.tailwalk.app.text.Texts;

/**
 * What a user has said of a capture: kept with the session, never part of the replay. Immutable.
 *
 * @param marks numbers of marked packets
 * @param references numbers of packets from which time is counted anew
 * @param notes by packet and step
 * @param filter of the list, as written
 * @param colours in order of precedence
 */
public record Annotations(
    NavigableSet<Integer> marks,
    NavigableSet<Integer> references,
    List<Note> notes,
    List<Breakpoint> breakpoints,
    String filter,
    List<ColourRule> colours) {
  /** Stands before {@link #NONE}, which needs it. */
  private static final Comparator<Note> ORDER =
      Comparator.comparingInt(Note::packet).thenComparingInt(Note::step);

  /** Nothing was said. */
  public static final Annotations NONE =
      new Annotations(
          new TreeSet<>(), new TreeSet<>(), List.of(), List.of(), "", ColourRule.defaults());

  /**
   * A note.
   *
   * @param packet 1-based
   * @param step 1-based row of the packet; 0 for the packet itself
   */
  public record Note(int packet, int step, String text) {}

  /** Keeps its own copies, notes in order. */
  public Annotations {
    marks = Collections.unmodifiableNavigableSet(new TreeSet<>(marks));
    references = Collections.unmodifiableNavigableSet(new TreeSet<>(references));
    notes = notes.stream().sorted(ORDER).toList();
    breakpoints = List.copyOf(breakpoints);
    colours = List.copyOf(colours);
  }

  /** Whether a packet is marked. */
  public boolean marked(int packet) {
    return !marks.isEmpty() && marks.contains(packet);
  }

  /** The packet from which a packet's time is counted: the last reference up to it; 0 for none. */
  public int referenceFor(int packet) {
    if (references.isEmpty()) {
      return 0;
    }
    Integer reference = references.floor(packet);
    return reference == null ? 0 : reference;
  }

  /** All notes on a packet and its steps in one text; empty without any. */
  public String noteOf(int packet) {
    if (notes.isEmpty()) {
      return "";
    }
    List<String> found = new ArrayList<>();
    for (Note note : notes) {
      if (note.packet() == packet) {
        found.add(
            note.step() == 0
                ? note.text()
                : Texts.of(Annotations.class).get("note.step", note.step(), note.text()));
      }
    }
    return String.join("\n", found);
  }

  /** The note on a step, or on the packet itself for step 0. */
  public Optional<Note> note(int packet, int step) {
    return notes.stream().filter(n -> n.packet() == packet && n.step() == step).findFirst();
  }

  /** With a mark set or taken away. */
  public Annotations withMark(int packet, boolean set) {
    return withMarks(List.of(packet), set);
  }

  /** With marks set or taken away. */
  public Annotations withMarks(Collection<Integer> packets, boolean set) {
    NavigableSet<Integer> changed = new TreeSet<>(marks);
    if (set) {
      changed.addAll(packets);
    } else {
      changed.removeAll(packets);
    }
    return new Annotations(changed, references, notes, breakpoints, filter, colours);
  }

  /** With a time reference set or taken away. */
  public Annotations withReference(int packet, boolean set) {
    NavigableSet<Integer> changed = new TreeSet<>(references);
    if (set) {
      changed.add(packet);
    } else {
      changed.remove(packet);
    }
    return new Annotations(marks, changed, notes, breakpoints, filter, colours);
  }

  /** With a note in place of the one there was; a blank text takes it away. */
  public Annotations withNote(int packet, int step, String text) {
    List<Note> changed = new ArrayList<>(notes);
    changed.removeIf(n -> n.packet() == packet && n.step() == step);
    if (!text.isBlank()) {
      changed.add(new Note(packet, step, text.strip()));
    }
    return new Annotations(marks, references, changed, breakpoints, filter, colours);
  }

  /** With other breakpoints. */
  public Annotations withBreakpoints(List<Breakpoint> now) {
    return new Annotations(marks, references, notes, now, filter, colours);
  }

  /** With another filter. */
  public Annotations withFilter(String now) {
    return new Annotations(marks, references, notes, breakpoints, now, colours);
  }

  /** With other colouring rules. */
  public Annotations withColours(List<ColourRule> now) {
    return new Annotations(marks, references, notes, breakpoints, filter, now);
  }
}
