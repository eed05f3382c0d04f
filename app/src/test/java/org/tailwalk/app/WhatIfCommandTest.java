// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tailwalk.app.cli.CommandLineInterface;
import org.tailwalk.app.cli.Services;
import org.tailwalk.app.platform.HostChecks;
import org.tailwalk.app.platform.Machine;

/** {@code tailwalk whatif} on samples. */
final class WhatIfCommandTest {
  private static SamplesTest.Run whatIf(String sample, int packet) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Services services =
        new Services(
            new InstalledEngines(),
            _ -> Optional.of("no window"),
            false,
            new HostChecks(Machine.local(), Set::of, Optional::empty, () -> "not tried"));
    int code =
        new CommandLineInterface(services, new PrintWriter(out), new PrintWriter(err))
            .run("whatif", "../samples/" + sample + "/capture.pcap", Integer.toString(packet));
    return new SamplesTest.Run(code, out.toString(), err.toString());
  }

  @Test
  void tellsWhatLetsTheDroppedPacketPass() {
    SamplesTest.Run run = whatIf("nobody-heard", 8);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .startsWith(
            "P8 dropped: Policy denied",
            "policy    add allow ingress from identity 2 (reserved:world), port 8080 TCP to the"
                + " policy of “web”: redirected to ifindex 12");
  }

  @Test
  void tellsThatNothingHelps() {
    assertThat(whatIf("gre", 1).out().lines())
        .last()
        .isEqualTo("nothing that was tried lets it pass");
  }

  @Test
  void saysWhatPacketsThereAre() {
    SamplesTest.Run run = whatIf("gre", 1000);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("whatif packet 1000").contains("has packets 1 to ");
  }
}
