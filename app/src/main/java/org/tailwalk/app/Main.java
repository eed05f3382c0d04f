// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

/** Entry point of the jar. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.out.println("tailwalk");
  }
}
