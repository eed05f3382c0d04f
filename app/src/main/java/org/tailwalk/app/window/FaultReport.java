// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import java.util.function.Consumer;
import org.tailwalk.app.status.StatusViewModel;
import org.tailwalk.app.text.Texts;

/** Says in the status bar why a job failed. Used on the UI thread. */
final class FaultReport {
  private static final System.Logger LOG = System.getLogger(FaultReport.class.getName());

  private final StatusViewModel status;
  private Consumer<Throwable> fault = e -> LOG.log(System.Logger.Level.ERROR, "a fault of ours", e);

  FaultReport(StatusViewModel status) {
    this.status = status;
  }

  /** Hears of faults of ours. */
  void onFault(Consumer<Throwable> by) {
    fault = by;
  }

  /**
   * What was foreseen has a message for people; the rest is a fault of ours and goes to the log.
   */
  void tell(Exception e) {
    if (e instanceof RuntimeException || e.getMessage() == null) {
      fault.accept(e);
      status.fail(Texts.of(FaultReport.class).get("fault", String.valueOf(e)));
    } else {
      status.fail(Texts.say(e));
    }
  }
}
