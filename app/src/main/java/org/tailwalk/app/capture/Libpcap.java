// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.util.Optional;
import org.pcap4j.core.Pcaps;

/** The capture library of the machine. */
public final class Libpcap {
  private Libpcap() {}

  /** Its version text; empty when it can't be loaded. */
  public static Optional<String> version() {
    try {
      return Optional.of(Pcaps.libVersion());
    } catch (LinkageError e) {
      System.getLogger(Libpcap.class.getName())
          .log(System.Logger.Level.INFO, "libpcap can't be loaded", e);
      return Optional.empty();
    }
  }
}
