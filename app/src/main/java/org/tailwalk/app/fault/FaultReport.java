// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.fault;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A fault of ours, written down.
 *
 * @param when it happened
 * @param where in a word: the thread's name
 * @param what it was
 * @param actions what the user did before, the last one last
 * @param about versions, lanes, what was open; no names of files
 */
public record FaultReport(
    Instant when, String where, Throwable what, List<String> actions, Map<String, String> about) {
  private static final int MOST_LINES = 200;

  /** Keeps its own copies. */
  public FaultReport {
    actions = List.copyOf(actions);
  }

  /** The first line: what went wrong. */
  public String title() {
    String message = what.getMessage();
    String kind = what.getClass().getSimpleName();
    return message == null || message.isBlank() ? kind : kind + ": " + message;
  }

  /**
   * The whole report.
   *
   * @param packet what to tell of the packet that was shown, its bytes with it; empty for nothing
   */
  public String text(String packet) {
    StringBuilder text = new StringBuilder();
    text.append("Tailwalk: a fault of the program\n").append(title()).append("\n\n");
    text.append("time: ").append(when).append('\n');
    text.append("thread: ").append(where).append('\n');
    about.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append("\nwhat was done before:\n");
    actions.forEach(action -> text.append("  ").append(action).append('\n'));
    if (actions.isEmpty()) {
      text.append("  nothing\n");
    }
    if (!packet.isEmpty()) {
      text.append("\nthe packet shown:\n").append(packet).append('\n');
    }
    text.append('\n');
    stack().lines().limit(MOST_LINES).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private String stack() {
    StringWriter out = new StringWriter();
    what.printStackTrace(new PrintWriter(out, true));
    return out.toString();
  }
}
