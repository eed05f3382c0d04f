// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.platform.LogFile;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.replay.recording.RecordingException;
import org.tailwalk.scenario.ScenarioException;
import org.tailwalk.vector.VectorException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The command line as a function: arguments in, text on two streams and an exit code out. stdout
 * carries data alone, words go to stderr.
 */
public final class CommandLineInterface {
  private static final System.Logger LOG = System.getLogger(CommandLineInterface.class.getName());

  private final Services services;
  private final PrintWriter out;
  private final PrintWriter err;

  /** With what the commands work with, and where they write. */
  public CommandLineInterface(Services services, PrintWriter out, PrintWriter err) {
    this.services = services;
    this.out = out;
    this.err = err;
  }

  /** Runs one command line. */
  public int run(String... arguments) {
    int code = commands().execute(arguments);
    out.flush();
    err.flush();
    return code;
  }

  /** All commands with their options. */
  CommandLine commands() {
    return new CommandLine(new TailwalkCommand(services))
        .addSubcommand(new ReplayCommand(services))
        .addSubcommand(new RecordCommand(services))
        .addSubcommand(new WhyCommand(services))
        .addSubcommand(new WhatIfCommand(services))
        .addSubcommand(new CompareCommand(services))
        .addSubcommand(new ReportCommand(services))
        .addSubcommand(new VerifyCommand(services.engines()))
        .addSubcommand(new InspectCommand(services.engines()))
        .addSubcommand(new AnimateCommand(services))
        .addSubcommand(LessonCommand.of(services.engines()))
        .addSubcommand(new FuzzCommand(services.engines()))
        .addSubcommand(
            new CommandLine(new BenchCommand(services.engines()))
                .addSubcommand(new BenchUiCommand(services)))
        .addSubcommand(new DoctorCommand(services.checks()))
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler((e, _) -> usage(e))
        .setExecutionExceptionHandler((e, _, _) -> failure(e));
  }

  private int usage(ParameterException e) {
    err.println("tailwalk: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return ExitCode.BAD_INPUT.code();
  }

  private int failure(Exception e) {
    return switch (e) {
      case InputException _,
          CaptureException _,
          VectorException _,
          ScenarioException _,
          SessionException _,
          RecordingException _ ->
          say(e, ExitCode.BAD_INPUT);
      case EngineUnavailableException _ -> say(e, ExitCode.UNAVAILABLE);
      case CancellationException _ -> say(e, ExitCode.INTERRUPTED);
      case ReplayException _ when aboutRecording(e) -> {
        int code = say(e, ExitCode.BAD_INPUT);
        err.println(
            "  Take another copy of the session, or go without what was recorded: --engine model,"
                + " or --live for the kernel of this machine");
        yield code;
      }
      case ReplayException _ -> say(e, ExitCode.FAULT);
      default -> {
        LOG.log(System.Logger.Level.ERROR, "a fault of ours", e);
        err.println("tailwalk: a fault of Tailwalk, not of your input: " + e);
        err.println("  The log has the details, please attach it to a report: " + LogFile.path());
        yield ExitCode.FAULT.code();
      }
    };
  }

  private static boolean aboutRecording(@Nullable Throwable e) {
    return e != null && (e instanceof RecordingException || aboutRecording(e.getCause()));
  }

  private int say(Exception e, ExitCode code) {
    err.println("tailwalk: " + e.getMessage());
    return code.code();
  }
}
