// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.walk.CodeWays;
import org.tailwalk.app.walk.Hop;
import org.tailwalk.app.walk.Reached;
import org.tailwalk.app.walk.Tally;
import org.tailwalk.engine.CodeListing;

/** The code of a replay: programs, files, and how often the capture reached what. Immutable. */
final class CodeBook {
  /** Of a lane that runs no bytecode. */
  static final CodeBook NONE = new CodeBook(CodeListing.none(), Map.of());

  /** An instruction of a program. */
  record Place(String program, int index) {}

  /**
   * How often something was reached.
   *
   * @param atLeast certainly
   * @param atMost if every open way was taken
   */
  record Heat(long atLeast, long atMost) {}

  private final CodeListing listing;
  private final Map<String, CodeWays> ways = new LinkedHashMap<>();
  private final Map<String, Reached> capture;
  private final Map<String, TreeMap<Integer, String>> known = new HashMap<>();
  private final Map<String, Map<Integer, List<Place>>> places = new HashMap<>();

  private CodeBook(CodeListing listing, Map<Hop, Long> hops) {
    this.listing = listing;
    for (CodeListing.Program program : listing.programs()) {
      ways.put(program.id(), new CodeWays(program));
      for (int i = 0; i < program.code().size(); i++) {
        CodeListing.Line line = program.code().get(i).line();
        if (line != null && !line.file().isEmpty()) {
          known
              .computeIfAbsent(line.file(), _ -> new TreeMap<>())
              .putIfAbsent(line.number(), line.text());
          places
              .computeIfAbsent(line.file(), _ -> new HashMap<>())
              .computeIfAbsent(line.number(), _ -> new ArrayList<>(4))
              .add(new Place(program.id(), i));
        }
      }
    }
    this.capture = Reached.of(ways, hops);
  }

  /** Takes some tens of milliseconds. */
  static CodeBook of(CodeListing listing, Tally tally) {
    Map<Hop, Long> hops = new HashMap<>();
    tally.forEachHop(hops::put);
    return new CodeBook(listing, hops);
  }

  boolean empty() {
    return listing.programs().isEmpty();
  }

  Map<String, CodeWays> ways() {
    return ways;
  }

  CodeListing.@Nullable Program program(String id) {
    CodeWays found = ways.get(id);
    return found == null ? null : found.program();
  }

  /** Ids of all programs, in the object's order. */
  List<String> programs() {
    return List.copyOf(ways.keySet());
  }

  /** The files that a program's instructions come from, its own first. */
  List<String> files(String program) {
    CodeListing.Program of = program(program);
    Set<String> files = new LinkedHashSet<>();
    if (of != null) {
      for (CodeListing.Instruction each : of.code()) {
        CodeListing.Line line = each.line();
        if (line != null && !line.file().isEmpty()) {
          files.add(line.file());
        }
      }
    }
    return List.copyOf(files);
  }

  /** A file's lines by number: all of them, or those that the object quotes. */
  Map<Integer, String> lines(String file) {
    List<String> whole = listing.files().get(file);
    if (whole == null) {
      return known.getOrDefault(file, new TreeMap<>());
    }
    Map<Integer, String> lines = new LinkedHashMap<>();
    for (int i = 0; i < whole.size(); i++) {
      lines.put(i + 1, whole.get(i));
    }
    return lines;
  }

  /** The instructions behind a line, of all programs. */
  List<Place> places(String file, int line) {
    return places.getOrDefault(file, Map.of()).getOrDefault(line, List.of());
  }

  /** How often the capture reached an instruction. */
  Heat heat(Place place) {
    return heat(capture, place);
  }

  private static Heat heat(Map<String, Reached> reached, Place place) {
    Reached of = reached.get(place.program);
    return of == null ? new Heat(0, 0) : new Heat(of.atLeast(place.index), of.atMost(place.index));
  }

  /** How often the capture reached a line: in each program as often as its busiest instruction. */
  Heat heat(String file, int line) {
    Map<String, Heat> byProgram = new HashMap<>();
    for (Place place : places(file, line)) {
      byProgram.merge(
          place.program,
          heat(place),
          (a, b) -> new Heat(Math.max(a.atLeast, b.atLeast), Math.max(a.atMost, b.atMost)));
    }
    long least = 0;
    long most = 0;
    for (Heat each : byProgram.values()) {
      least += each.atLeast;
      most += each.atMost;
    }
    return new Heat(least, most);
  }
}
