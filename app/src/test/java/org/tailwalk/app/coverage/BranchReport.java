// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.coverage;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Pattern;

/** The tally as a page. */
final class BranchReport {
  private BranchReport() {}

  /** Lines that went one way at most in every build. */
  private static List<Entry<String, BranchTally.Line>> oneSided(BranchTally tally) {
    return tally.lines().entrySet().stream().filter(e -> e.getValue().both == 0).toList();
  }

  /** The first reason whose pattern is found in "file text". */
  private static String reason(Entry<String, BranchTally.Line> line, Map<String, String> reasons) {
    if (line.getValue().jumps == 0) {
      return "no register is free for a mark";
    }
    String where = line.getKey().replaceAll(":.*", "") + " " + line.getValue().text;
    return reasons.entrySet().stream()
        .filter(e -> Pattern.compile(e.getKey()).matcher(where).find())
        .map(Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static String reached(BranchTally.Line line) {
    if (line.jumps == 0) {
      return "not watched";
    }
    return (line.one > 0 ? "one way" : "never")
        + (line.unmarked > 0 ? ", %d of %d not watched".formatted(line.unmarked, line.jumps) : "");
  }

  static List<String> unexplained(BranchTally tally, Map<String, String> reasons) {
    return oneSided(tally).stream()
        .filter(e -> reason(e, reasons).isEmpty())
        .map(e -> e.getKey() + " " + e.getValue().text)
        .toList();
  }

  static String markdown(BranchTally tally, Map<String, String> reasons, long packets) {
    StringBuilder out = new StringBuilder();
    int all = tally.builds().stream().mapToInt(BranchTally.Build::all).sum();
    int both = tally.builds().stream().mapToInt(BranchTally.Build::both).sum();
    int one = tally.builds().stream().mapToInt(BranchTally.Build::one).sum();
    var lines = tally.lines().values();
    out.append(
        String.format(
            Locale.ROOT,
            "%d packets in %d builds. Conditional jumps, each build's counted: %d; both ways %d"
                + " (%.1f %%), one way %d (%.1f %%), never reached %d.%nLines with a conditional"
                + " jump: %d; both ways in some build %d.%n%n",
            packets,
            tally.builds().size(),
            all,
            both,
            100.0 * both / all,
            one,
            100.0 * one / all,
            all - both - one,
            lines.size(),
            lines.stream().filter(l -> l.both > 0).count()));
    out.append("| build | jumps | both ways | one way |\n|---|---|---|---|\n");
    for (BranchTally.Build b : tally.builds()) {
      out.append(
          "| %s, %d options | %d | %d | %d |%n"
              .formatted(
                  b.config().era().label(),
                  b.config().options().size(),
                  b.all(),
                  b.both(),
                  b.one()));
    }
    out.append("\n| line | reached | text | why not both ways |\n|---|---|---|---|\n");
    for (var e : oneSided(tally)) {
      out.append(
          "| %s | %s | `%s` | %s |%n"
              .formatted(
                  e.getKey(),
                  reached(e.getValue()),
                  e.getValue().text.replace("|", "\\|"),
                  reason(e, reasons)));
    }
    return out.toString();
  }
}
