// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.insn;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays code out: labels become offsets, map symbols descriptors, marks func_info and line_info. */
public final class Codec {
  private Codec() {}

  /**
   * Encodes a program.
   *
   * @param code elements in order; the first function is the main one
   * @param maps descriptors of the maps the code names
   * @throws JumpOutOfRangeException when a jump does not fit its 16-bit offset
   * @throws CodeException when a label or a map is missing
   */
  public static EncodedCode encode(List<CodeElement> code, MapFds maps) throws CodeException {
    Map<Label, Integer> places = new HashMap<>();
    int slots = place(code, places);
    ByteBuffer out = ByteBuffer.allocate(slots * Slot.BYTES).order(LITTLE_ENDIAN);
    List<int[]> functions = new ArrayList<>();
    List<int[]> lines = new ArrayList<>();
    InstructionEncoder encoder = new InstructionEncoder(places, maps);
    int at = 0;
    for (CodeElement element : code) {
      switch (element) {
        case Instruction instruction -> {
          for (Slot slot : encoder.encode(instruction, at)) {
            slot.put(out);
          }
          at += instruction.slots();
        }
        case LabelTarget _ -> {}
        case FunctionStart start -> functions.add(new int[] {at, start.btfType()});
        case SourceLine line ->
            lines.add(
                new int[] {
                  at, line.fileOffset(), line.textOffset(), line.line() << 10 | line.column()
                });
      }
    }
    // The kernel wants a func_info record for every function or none at all.
    boolean typed = functions.stream().allMatch(f -> f[1] != 0);
    return new EncodedCode(
        out.array(),
        typed ? words(functions) : new byte[0],
        typed ? words(latestAtEachSlot(lines)) : new byte[0]);
  }

  /** Length of the code in slots once encoded. */
  public static int slots(List<CodeElement> code) {
    int slots = 0;
    for (CodeElement element : code) {
      if (element instanceof Instruction instruction) {
        slots += instruction.slots();
      }
    }
    return slots;
  }

  /**
   * Encodes only to see whether the code fits its jumps.
   *
   * @return the first jump that is out of range
   * @throws CodeException when a label is missing
   */
  public static Optional<JumpOutOfRangeException> tooFar(List<CodeElement> code)
      throws CodeException {
    try {
      encode(code, _ -> 0);
      return Optional.empty();
    } catch (JumpOutOfRangeException e) {
      return Optional.of(e);
    }
  }

  private static int place(List<CodeElement> code, Map<Label, Integer> places)
      throws CodeException {
    int at = 0;
    for (CodeElement element : code) {
      Label label =
          switch (element) {
            case LabelTarget target -> target.label();
            case FunctionStart start -> start.label();
            case SourceLine _ -> null;
            case Instruction instruction -> {
              at += instruction.slots();
              yield null;
            }
          };
      if (label != null && places.put(label, at) != null) {
        throw new CodeException("label \"" + label + "\" occurs twice");
      }
    }
    return at;
  }

  /** The kernel wants line_info offsets to rise: of several lines at one slot the last counts. */
  private static List<int[]> latestAtEachSlot(List<int[]> lines) {
    List<int[]> result = new ArrayList<>(lines.size());
    for (int[] line : lines) {
      if (!result.isEmpty() && result.getLast()[0] == line[0]) {
        result.removeLast();
      }
      result.add(line);
    }
    return result;
  }

  private static byte[] words(List<int[]> records) {
    int words = records.stream().mapToInt(r -> r.length).sum();
    ByteBuffer out = ByteBuffer.allocate(4 * words).order(LITTLE_ENDIAN);
    for (int[] record : records) {
      for (int word : record) {
        out.putInt(word);
      }
    }
    return out.array();
  }
}
