// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.Set;
import org.tailwalk.engine.Injection;
import org.tailwalk.text.Message;

/** What is to be done with a captured frame. */
public sealed interface Placement {
  /** What was done to the frame, or is odd about it. */
  Set<Mark> marks();

  /**
   * It enters a hook.
   *
   * @param preDatapath the capture shows it before the datapath; else its replay is a
   *     reconstruction
   */
  record Run(Injection injection, boolean preDatapath, Set<Mark> marks) implements Placement {
    /** Keeps its own copy. */
    public Run {
      marks = Set.copyOf(marks);
    }
  }

  /**
   * It is not run.
   *
   * @param reason a stable word: {@code no-endpoint}, {@code no-program}, {@code too-short}, {@code
   *     too-long}, {@code by-rule}
   * @param detail a sentence
   */
  record NotRun(String reason, Message detail, Set<Mark> marks) implements Placement {
    /** Keeps its own copy. */
    public NotRun {
      marks = Set.copyOf(marks);
    }
  }

  /**
   * An earlier frame was the same packet, seen at another place; that one was run.
   *
   * @param packet 1-based number of the first sighting
   */
  record DuplicateOf(long packet, Set<Mark> marks) implements Placement {
    /** Keeps its own copy. */
    public DuplicateOf {
      marks = Set.copyOf(marks);
    }
  }
}
