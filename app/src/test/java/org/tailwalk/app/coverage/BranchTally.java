// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.coverage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.engine.ObjectSource;
import org.tailwalk.bpf.insn.CodeException;
import org.tailwalk.bpf.insn.SourceLine;
import org.tailwalk.bpf.instrument.BranchMarks;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConfig;

/** Marks the branches of every object it hands out, and adds up which way they went. */
final class BranchTally implements ObjectSource {
  private final ObjectSource objects;
  private final Map<DatapathConfig, BranchMarks> marked = new LinkedHashMap<>();
  private final Map<DatapathConfig, byte[]> seen = new LinkedHashMap<>();

  BranchTally(ObjectSource objects) {
    this.objects = objects;
  }

  @Override
  public synchronized CollectionSpec object(DatapathConfig config) throws ReplayException {
    BranchMarks known = marked.get(config);
    if (known == null) {
      try {
        known = BranchMarks.of(objects.object(config));
      } catch (CodeException e) {
        throw new ReplayException("mark branches: " + e.getMessage(), e);
      }
      marked.put(config, known);
      seen.put(config, new byte[2 * known.branches().size()]);
    }
    return known.spec();
  }

  @Override
  public String name(DatapathConfig config) {
    return objects.name(config);
  }

  /** Adds the bytes that a session's programs set. */
  synchronized void add(DatapathConfig config, byte[] marks) {
    byte[] all = seen.get(config);
    for (int i = 0; i < all.length; i++) {
      all[i] |= marks[i];
    }
  }

  /**
   * One build's branches.
   *
   * @param all conditional jumps
   * @param both went both ways
   * @param one went one way only
   */
  record Build(DatapathConfig config, int all, int both, int one) {}

  List<Build> builds() {
    List<Build> builds = new ArrayList<>();
    marked.forEach((config, marks) -> {
      byte[] ways = seen.get(config);
      int both = 0;
      int one = 0;
      for (int i = 0; i < marks.branches().size(); i++) {
        int n = ways[2 * i] + ways[2 * i + 1];
        both += n == 2 ? 1 : 0;
        one += n == 1 ? 1 : 0;
      }
      builds.add(new Build(config, marks.branches().size(), both, one));
    });
    return builds;
  }

  /** A line of the C source, in all builds together. */
  static final class Line {
    final String text;

    /** Jumps that were watched on both ways. */
    int jumps;

    /** Jumps with no register free for a mark. */
    int unmarked;

    int both;
    int one;

    Line(String text) {
      this.text = text;
    }
  }

  /** Lines by file and number, those without a branch left out. */
  Map<String, Line> lines() {
    Map<String, Line> lines = new TreeMap<>();
    marked.forEach((config, marks) -> {
      byte[] ways = seen.get(config);
      for (int i = 0; i < marks.branches().size(); i++) {
        SourceLine at = marks.branches().get(i).line().orElse(null);
        if (at == null) {
          continue;
        }
        String file = at.file().replaceAll("^(.*\\.\\./)?(\\./)*", "");
        Line line =
            lines.computeIfAbsent(
                "%s:%04d".formatted(file, at.line()), _ -> new Line(at.text().strip()));
        BranchMarks.Branch branch = marks.branches().get(i);
        if (!branch.fallMarked() || !branch.takenMarked()) {
          line.unmarked++;
          continue;
        }
        int n = ways[2 * i] + ways[2 * i + 1];
        line.jumps++;
        line.both += n == 2 ? 1 : 0;
        line.one += n == 1 ? 1 : 0;
      }
    });
    return lines;
  }
}
