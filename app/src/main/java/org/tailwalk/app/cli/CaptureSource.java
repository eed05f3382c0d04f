// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.util.List;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.session.file.SessionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a command works on, as it was named: a capture, and the node it is replayed against. */
final class CaptureSource {
  @Parameters(
      index = "0",
      paramLabel = "CAPTURE",
      description =
          "pcap or pcapng, gzip-compressed or not; a FIFO; - for standard input; or a session"
              + " (.tailwalk).")
  private String capture;

  @Mixin private NodeOptions node;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before anybody reads them
  CaptureSource() {}

  /** The name that was given. */
  String name() {
    return capture;
  }

  /** Opens it and tells its warnings. */
  CaptureInput open(PrintWriter err) throws CaptureException, SessionException {
    return CaptureInput.open(capture, node, err);
  }

  /** The files that are read, as they were named: none may be written over. */
  List<String> reads() {
    return node.reads(capture);
  }
}
