// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tailwalk.bpf.sys.Errno;

/** The verifier refused a program. The telling lines come first; the whole log is at hand. */
public final class VerifierException extends LoadException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 3;
  private static final Pattern STATISTICS =
      Pattern.compile("^(processed \\d+ insns|verification time|stack depth|max_states).*");
  private static final Pattern STATE =
      Pattern.compile(
          "^(\\d+: [(R]|from \\d+ to \\d+|last_idx|mark_precise|parent didn't|regs=).*");

  private final String program;
  private final String log;

  VerifierException(String program, int errno, String log) {
    this(message(program, errno, log), program, errno, log);
  }

  private VerifierException(String message, String program, int errno, String log) {
    super(message, errno);
    this.program = program;
    this.log = log;
  }

  /** The same refusal with the path made longer in front. */
  VerifierException within(String path) {
    return new VerifierException(path + ": " + getMessage(), program, errno(), log);
  }

  public String program() {
    return program;
  }

  /** The verifier's whole log; empty when the kernel wrote none. */
  public String log() {
    return log;
  }

  private static String message(String program, int errno, String log) {
    StringBuilder text = new StringBuilder("program \"" + program + "\": verifier: ");
    List<String> why = lastUseful(log);
    text.append(why.isEmpty() ? reason(errno) : String.join(" | ", why));
    sourceLine(log).ifPresent(line -> text.append(" (at ").append(line).append(')'));
    return text.append(" [").append(Errno.name(errno)).append(']').toString();
  }

  private static String reason(int errno) {
    return switch (errno) {
      case Errno.E2BIG -> "too many instructions, or too complex to verify";
      case Errno.EINVAL ->
          "malformed instructions, or a program type or flag unknown to this kernel";
      case Errno.EACCES -> "an access that this process's capabilities do not allow";
      case Errno.ENOSPC -> "the log buffer was too small";
      default -> "refused without a word";
    };
  }

  /** The last lines that are neither statistics nor register states, the last one first. */
  static List<String> lastUseful(String log) {
    List<String> found = new ArrayList<>();
    List<String> lines = log.lines().toList();
    for (int i = lines.size() - 1; i >= 0 && found.size() < SHOWN; i--) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || STATISTICS.matcher(line).matches()) {
        continue;
      }
      if (line.startsWith(";")) {
        break;
      }
      if (STATE.matcher(line).matches()) {
        if (!found.isEmpty()) {
          found.add(line);
        }
        break;
      }
      found.add(line);
    }
    return Collections.unmodifiableList(found);
  }

  /** The C line that the verifier named last before it gave up, if the program has line info. */
  static Optional<String> sourceLine(String log) {
    String last = null;
    for (String line : (Iterable<String>) log.lines()::iterator) {
      if (line.startsWith("; ")) {
        last = line.substring(2).strip();
      }
    }
    return Optional.ofNullable(last);
  }
}
