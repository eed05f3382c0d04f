// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.capture;

import java.nio.file.Path;
import java.util.Optional;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.Pcaps;
import org.tailwalk.text.Message;

/**
 * Rewrites a capture as plain pcap with nanoseconds, by libpcap: for the variants that only libpcap
 * knows (versions before 2.4, Kuznetzov's, Mesquita's and Navtel's record headers).
 */
final class LibpcapCopy {
  private LibpcapCopy() {}

  /**
   * Copies what libpcap can read.
   *
   * @return a warning when libpcap stopped before the end
   */
  static Optional<Message> copy(String name, Path from, Path to) throws CaptureException {
    PcapHandle handle;
    try {
      handle = Pcaps.openOffline(from.toString(), PcapHandle.TimestampPrecision.NANO);
    } catch (PcapNativeException e) {
      throw new CaptureException(
          Message.of("wrong.capture.open", name, "libpcap: " + e.getMessage()), e);
    } catch (LinkageError e) {
      throw new CaptureException(
          Message.of(
              "wrong.capture.open",
              name,
              Message.of("wrong.old-pcap", String.valueOf(e.getMessage()))),
          e);
    }
    try (handle;
        PcapDumper dumper = handle.dumpOpen(to.toString())) {
      handle.loop(-1, dumper);
      return Optional.empty();
    } catch (PcapNativeException e) {
      return Optional.of(
          Message.of(
              "wrong.capture.read",
              name,
              Message.of("damage.libpcap", String.valueOf(e.getMessage()))));
    } catch (NotOpenException e) {
      throw new CaptureException(
          Message.of("wrong.capture.read", name, String.valueOf(e.getMessage())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("reading the capture was cancelled");
    }
  }
}
