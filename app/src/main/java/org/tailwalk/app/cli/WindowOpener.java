// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tailwalk.app.bench.UiBench;
import org.tailwalk.app.compare.core.CompareRequest;

/** Opens the window; the command line itself knows no JavaFX. */
@FunctionalInterface
public interface WindowOpener {
  /**
   * Opens it and returns when it is closed, or when the picture asked for is written.
   *
   * @return what went wrong with the picture, for people
   * @throws IllegalArgumentException when the request can't be understood
   */
  Optional<String> open(WindowRequest request) throws InterruptedException;

  /**
   * Opens it to measure how smooth it is, and prints what was found.
   *
   * @param plan what is measured
   */
  default void bench(UiBench.Plan plan, PrintWriter out) throws InterruptedException {
    throw new UnsupportedOperationException("this opener opens no real window");
  }

  /** The same, comparing at once. */
  default Optional<String> compare(WindowRequest request, CompareRequest compare)
      throws InterruptedException {
    return open(request);
  }

  /**
   * Makes a film with no window.
   *
   * @param goOn asked at each frame; false ends it, and nothing half done is left
   * @return how many frames
   * @throws IllegalArgumentException when the request can't be understood
   * @throws IOException when the capture can't be read or replayed, or the film not be written
   */
  default int animate(AnimateRequest request, BooleanSupplier goOn)
      throws IOException, InterruptedException {
    throw new UnsupportedOperationException("this opener makes no films");
  }
}
