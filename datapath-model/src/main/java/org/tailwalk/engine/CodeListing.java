// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The programs a session runs as people read them: instructions, where each can go on, and the
 * source lines behind them.
 *
 * @param programs in the object's order, each once, whatever endpoints run it
 * @param files whole source files by the names that lines carry; empty when only the object is
 *     known
 */
public record CodeListing(List<Program> programs, Map<String, List<String>> files) {
  private static final CodeListing NONE = new CodeListing(List.of(), Map.of());

  /** Keeps its own copies. */
  public CodeListing {
    programs = List.copyOf(programs);
    files = Map.copyOf(files);
  }

  /** Of an engine that runs no bytecode. */
  public static CodeListing none() {
    return NONE;
  }

  /** The program of an id. */
  public Optional<Program> program(String id) {
    return programs.stream().filter(p -> p.id().equals(id)).findFirst();
  }

  /**
   * A program with all functions it needs.
   *
   * @param id as in {@link ProgramGraph.Node#id}
   * @param name the function's symbol
   * @param code in order; the first instruction is the entry
   * @param sites slots at which a trace point stands
   * @param passable those of them that may be passed without an event in the trace
   */
  public record Program(
      String id,
      String name,
      String section,
      List<Instruction> code,
      Set<Integer> sites,
      Set<Integer> passable) {
    /** Keeps its own copies. */
    public Program {
      code = List.copyOf(code);
      sites = Set.copyOf(sites);
      passable = Set.copyOf(passable);
    }
  }

  /**
   * An instruction.
   *
   * @param slot its place in the program as compiled; wide ones take two slots
   * @param text disassembled
   * @param function that it stands in
   * @param line behind it; null where the object doesn't say
   * @param next indices, in the program's list, of what may run after it; of the called function's
   *     first for a call
   * @param found for a call that may find nothing: where its result is tested; null elsewhere
   */
  public record Instruction(
      int slot,
      String text,
      String function,
      @Nullable Line line,
      List<Integer> next,
      @Nullable Test found) {
    /** Keeps its own copy. */
    public Instruction {
      next = List.copyOf(next);
    }
  }

  /**
   * A test of a call's result against zero, reached from the call in a straight line.
   *
   * @param jump index of the conditional jump
   * @param whenZero index of what runs next when nothing was found
   * @param whenNot index of what runs next when something was
   */
  public record Test(int jump, int whenZero, int whenNot) {}

  /**
   * A source line as the object names it.
   *
   * @param number 1-based
   * @param text empty where unknown
   */
  public record Line(String file, int number, String text) {}
}
