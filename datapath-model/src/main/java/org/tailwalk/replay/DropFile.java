// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tailwalk.event.MapRole;
import org.tailwalk.event.Notification;
import org.tailwalk.event.PathEvent;
import org.tailwalk.event.PathTrace;
import org.tailwalk.event.ProgramRef;
import org.tailwalk.event.SourceRef;
import org.tailwalk.event.Step;

/**
 * The file that a drop event's line is in. The event has a number alone (section 6.5 of the facts):
 * headers have numbers of their own, but 2 stands for all programs of a pod, in whatever files the
 * loaded object has them.
 */
public final class DropFile {
  private static final int DROP_NOTIFY_SLOT = 1;

  /** Numbers from here stand for headers. */
  private static final int FIRST_HEADER = 101;

  private DropFile() {}

  /**
   * The file of an event among a lane's steps, which may be known where the steps have lines.
   *
   * @return empty when neither the steps nor the number tell, and for an event without a line: such
   *     as of 2020, which has no file either
   */
  public static Optional<String> of(PathTrace trace, PathEvent.Notified event) {
    return event.notification() instanceof Notification.Drop drop && drop.line() != 0
        ? of(trace.steps(), sender(trace, event), drop)
        : Optional.empty();
  }

  /** Events are sent in a program that others call for that: who called is what counts. */
  private static ProgramRef sender(PathTrace trace, PathEvent.Notified event) {
    ProgramRef caller = event.program();
    for (Step step : trace.steps()) {
      if (step.event() == event) {
        break;
      }
      if (step.event() instanceof PathEvent.TailCallTaken taken) {
        boolean tells = taken.map().role() == MapRole.CALLS && taken.slot() == DROP_NOTIFY_SLOT;
        caller = tells ? taken.program() : event.program();
      }
    }
    return caller;
  }

  /**
   * The file of an event that a program sent: the .c file that the program is in, where the steps
   * know one, else the file that it begins in, else the one that the number stands for.
   */
  public static Optional<String> of(List<Step> steps, ProgramRef program, Notification.Drop drop) {
    if (drop.file() < FIRST_HEADER) {
      String begins = "";
      for (Step step : steps) {
        String file = file(step.source());
        if (file.isEmpty() || !program.equals(step.event().program())) {
          continue;
        }
        if (file.endsWith(".c")) {
          return Optional.of(file);
        }
        if (begins.isEmpty() && step.event() instanceof PathEvent.Entered) {
          begins = file;
        }
      }
      if (!begins.isEmpty()) {
        return Optional.of(begins);
      }
    }
    return Optional.of(drop.fileName()).filter(name -> !name.isEmpty());
  }

  /** Without the current folder in front. */
  private static String file(@Nullable SourceRef source) {
    String file = source == null ? null : source.file();
    return file == null ? "" : file.replaceFirst("^(\\./)+", "");
  }
}
