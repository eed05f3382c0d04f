// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Locale;
import org.tailwalk.app.capture.Libpcap;
import org.tailwalk.app.cli.CommandLineInterface;
import org.tailwalk.app.cli.Engines;
import org.tailwalk.app.cli.ExitCode;
import org.tailwalk.app.cli.Services;
import org.tailwalk.app.cli.StandardOutput;
import org.tailwalk.app.platform.HostChecks;
import org.tailwalk.app.platform.LogFile;
import org.tailwalk.app.platform.Machine;
import org.tailwalk.app.platform.StartClock;
import org.tailwalk.bpf.host.InProcessHost;
import org.tailwalk.bpf.sys.Capability;
import org.tailwalk.text.Message;
import org.tailwalk.text.Told;

/** Entry point of the jar: wires what the commands work with. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    // Commands speak English to whoever reads them, people or programs; the window its user's.
    Locale machine = Locale.getDefault();
    Locale.setDefault(Locale.ENGLISH);
    StartClock clock = StartClock.ofThisProcess();
    clock.reached("java");
    LogFile.install();
    StandardOutput standard = new StandardOutput();
    PrintWriter out =
        new PrintWriter(
            new BufferedWriter(new OutputStreamWriter(standard, System.out.charset())), false);
    PrintWriter err = new PrintWriter(System.err, true);
    int code = new CommandLineInterface(services(clock, machine), out, err).run(args);
    if (standard.trouble().isPresent() && code != ExitCode.INTERRUPTED.code()) {
      err.println("tailwalk: " + standard.trouble().get());
      code = ExitCode.BAD_INPUT.code();
    }
    System.exit(code);
  }

  private static Services services(StartClock clock, Locale machine) {
    HostChecks checks =
        new HostChecks(
            Machine.local(),
            Capability::effective,
            Libpcap::version,
            () -> kernelTrouble().english());
    Engines engines = new InstalledEngines();
    boolean display = Machine.local().environment("DISPLAY").isPresent();
    return new Services(
        engines, new DesktopOpener(engines, Main::kernelTrouble, clock, machine), display, checks);
  }

  /** Why the kernel engine can't run here; empty when it can. */
  private static Message kernelTrouble() {
    try (InProcessHost _ = InProcessHost.open()) {
      return Message.plain();
    } catch (IOException e) {
      return Told.of(e);
    }
  }
}
