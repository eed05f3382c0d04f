// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

/**
 * One line of the doctor's report.
 *
 * @param subject what was looked at
 * @param finding what is there
 * @param mend the command or act that mends it; empty when nothing has to be mended
 */
public record Check(Status status, String subject, String finding, String mend) {
  /** How it stands. */
  public enum Status {
    /** There. */
    OK,
    /** Absent, and something doesn't work without it. */
    MISSING,
    /** Told because it matters in a report. */
    INFO
  }

  static Check ok(String subject, String finding) {
    return new Check(Status.OK, subject, finding, "");
  }

  static Check info(String subject, String finding) {
    return new Check(Status.INFO, subject, finding, "");
  }

  static Check missing(String subject, String finding, String mend) {
    return new Check(Status.MISSING, subject, finding, mend);
  }
}
