// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.source.CodeBook.Heat;
import org.tailwalk.app.source.CodeBook.Place;
import org.tailwalk.engine.CodeListing;

/**
 * What stands in the lists: one file's lines and one program's instructions, marked for one packet.
 *
 * @param program its id; empty when there is none
 * @param file empty when there is none
 * @param files that the program's instructions come from
 */
public record SourcePage(
    String program, String file, List<String> files, List<LineRow> lines, List<CodeRow> code) {
  static final SourcePage NONE = new SourcePage("", "", List.of(), List.of(), List.of());

  /** Keeps its own copies. */
  public SourcePage {
    files = List.copyOf(files);
    lines = List.copyOf(lines);
    code = List.copyOf(code);
  }

  /**
   * A line of source, or a gap between quoted lines.
   *
   * @param number 0 for a gap
   * @param heat how often the capture reached it
   * @param decided whether what went wrong with the packet was decided here
   * @param remark what the packet did here; empty for nothing told
   */
  record LineRow(int number, String text, Mark mark, Heat heat, boolean decided, String remark) {
    static final LineRow GAP = new LineRow(0, "⋮", Mark.NO_CODE, new Heat(0, 0), false, "");
  }

  /**
   * An instruction, or the name of the function that begins.
   *
   * @param index in the program; −1 for a function's name
   * @param slot −1 for a function's name
   * @param line behind it
   * @param registers what the trace points told; empty for nothing
   */
  record CodeRow(
      int index,
      int slot,
      String text,
      Mark mark,
      Heat heat,
      boolean decided,
      String registers,
      CodeListing.@Nullable Line line) {}

  static SourcePage of(CodeBook book, @Nullable PacketCode packet, String program, String file) {
    List<String> files = new ArrayList<>(book.files(program));
    if (!file.isEmpty() && !files.contains(file)) {
      files.add(file);
    }
    return new SourcePage(
        program, file, files, lines(book, packet, file), code(book, packet, program));
  }

  private static List<LineRow> lines(CodeBook book, @Nullable PacketCode packet, String file) {
    Map<Integer, String> texts = book.lines(file);
    if (texts.isEmpty() && packet != null) {
      texts = packet.quoted(file);
    }
    PacketCode.Spot decided = packet == null ? null : packet.decided();
    List<LineRow> rows = new ArrayList<>(texts.size());
    int last = 0;
    for (Map.Entry<Integer, String> each : texts.entrySet()) {
      int number = each.getKey();
      if (number != last + 1) {
        rows.add(LineRow.GAP);
      }
      last = number;
      List<Place> places = book.places(file, number);
      Mark mark = Mark.NO_CODE;
      Set<String> remarks = new LinkedHashSet<>();
      for (Place place : places) {
        mark = mark.or(packet == null ? Mark.NOT : packet.mark(place));
        if (packet != null) {
          packet.told(place).forEach(t -> remarks.add(t.words().remark()));
        }
      }
      remarks.remove("");
      boolean here =
          decided != null
              && decided.source().line() == number
              && file.equals(decided.source().file());
      rows.add(
          new LineRow(
              number,
              each.getValue().replace("\t", "    "),
              mark,
              book.heat(file, number),
              here,
              String.join(", ", remarks)));
    }
    return rows;
  }

  private static List<CodeRow> code(CodeBook book, @Nullable PacketCode packet, String id) {
    CodeListing.Program program = book.program(id);
    if (program == null) {
      return List.of();
    }
    PacketCode.Spot decided = packet == null ? null : packet.decided();
    List<CodeRow> rows = new ArrayList<>(program.code().size() + 4);
    String function = "";
    for (int i = 0; i < program.code().size(); i++) {
      CodeListing.Instruction each = program.code().get(i);
      if (!each.function().equals(function)) {
        function = each.function();
        rows.add(
            new CodeRow(-1, -1, function + ":", Mark.NO_CODE, new Heat(0, 0), false, "", null));
      }
      Place place = new Place(id, i);
      rows.add(
          new CodeRow(
              i,
              each.slot(),
              each.text(),
              packet == null ? Mark.NOT : packet.mark(place),
              book.heat(place),
              decided != null && decided.place().equals(place),
              packet == null
                  ? ""
                  : packet.told(place).stream()
                      .map(t -> t.words().registers())
                      .filter(w -> !w.isEmpty())
                      .collect(Collectors.joining(" | ")),
              each.line()));
    }
    return rows;
  }

  /** Index, in the lines, of a line by its number; −1 when it is not there. */
  int lineAt(int number) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).number == number && number > 0) {
        return i;
      }
    }
    return -1;
  }

  /** Index, in the code, of an instruction by its index in the program; −1 when it is not there. */
  int codeAt(int index) {
    for (int i = 0; i < code.size(); i++) {
      if (code.get(i).index == index && index >= 0) {
        return i;
      }
    }
    return -1;
  }
}
