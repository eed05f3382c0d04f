// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.capture.CaptureException;
import org.tailwalk.app.compare.core.CompareRequest;
import org.tailwalk.app.report.CompareJson;
import org.tailwalk.app.report.CompareReport;
import org.tailwalk.app.report.CompareText;
import org.tailwalk.app.session.Openings;
import org.tailwalk.app.session.file.SessionException;
import org.tailwalk.compare.AlignBy;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.Scenario;
import org.tailwalk.scenario.ScenarioException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk compare}. */
@Command(
    name = "compare",
    description =
        "Replays two captures, or one under two datapaths, models or scenarios, brings their"
            + " packets together and says where they first differ. Exits with 2 when they do.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  /** The words of {@code --format}. */
  enum Format {
    TEXT,
    JSON
  }

  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "CAPTURE",
      description =
          "A and B; more are each compared with A. A alone is compared with itself under what"
              + " --datapath-b, --model-b or --scenario-b say.")
  private List<String> captures = List.of();

  @Mixin private NodeOptions node;

  @Mixin private OtherNodeOptions other;

  @Option(names = "--format", defaultValue = "text", description = "text (default) or json.")
  private Format format = Format.TEXT;

  @Option(
      names = "--align",
      paramLabel = "HOW",
      description =
          "flow (default): flows, then the order inside each flow; content: what packets carry, in"
              + " capture order; number: packet n with packet n (default for one capture twice).")
  private @Nullable AlignBy align;

  @Option(names = "--all", description = "Tell rows that are the same as well.")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Tell at most so many rows (default 1000); the summary counts all.")
  private int limit = 1000;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write one self-contained HTML page about it as well.")
  private @Nullable Path page;

  @Option(names = "--window", description = "Show the two in the window, with A open behind it.")
  private boolean window;

  @Option(
      names = "--screenshot",
      paramLabel = "FILE",
      description = "Write a picture of that window (PNG) and end; needs no display.")
  private @Nullable Path screenshot;

  @Option(names = "--size", paramLabel = "WxH", description = "The window's size in pixels.")
  private @Nullable String size;

  @Option(
      names = "--theme",
      defaultValue = "light",
      description = "light (default), dark or contrast.")
  private String theme = "light";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write there and not to standard output.")
  private @Nullable Path output;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  CompareCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call()
      throws CaptureException,
          ScenarioException,
          InputException,
          ReplayException,
          SessionException,
          InterruptedException {
    if (page != null && captures.size() > 2) {
      throw new InputException("compare --report: a page is about two captures");
    }
    if (captures.size() == 1 && !other.any()) {
      throw new InputException(
          "compare "
              + captures.getFirst()
              + ": with what? Name a second capture, or --datapath-b, --model-b or --scenario-b");
    }
    if (window || screenshot != null) {
      return inWindow().code();
    }
    List<String> inputs = new ArrayList<>();
    captures.forEach(capture -> inputs.addAll(node.reads(capture)));
    if (page != null) {
      OutputFile.check(page, inputs);
    }
    return CaptureInput.write(output, inputs, spec.commandLine().getOut(), this::compare).code();
  }

  private ExitCode inWindow() throws InputException, InterruptedException {
    if (captures.size() > 2) {
      throw new InputException("compare --window: two captures at a time");
    }
    if (!services.display()) {
      throw new InputException(
          "no display: start it as ./tailwalk, which renders the window under Xvfb for"
              + " --screenshot; without one, leave --window out");
    }
    CompareRequest.Side a = node.side(captures.getFirst());
    CompareRequest.Side b = node.side(captures.getLast(), other);
    boolean plain = other.datapath != null && !node.namesModel() && other.model == null;
    try {
      Optional<String> trouble =
          services
              .window()
              .compare(
                  new WindowRequest(
                      captures.getFirst(),
                      node.scenarioFile(),
                      screenshot,
                      size,
                      theme,
                      0,
                      0,
                      false,
                      null,
                      List.of(),
                      null,
                      null,
                      null),
                  new CompareRequest(a, b, align, plain));
      if (trouble.isPresent()) {
        throw new InputException(trouble.get());
      }
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private ExitCode compare(PrintWriter out)
      throws CaptureException,
          ScenarioException,
          InputException,
          ReplayException,
          SessionException,
          InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    CompareRun run =
        new CompareRun(
            services.engines(), node.engine(), node.live(), align, all, limit, page, err);
    List<Openings.Opened> opened = new ArrayList<>();
    ExitCode code = ExitCode.OK;
    try {
      for (String capture : captures) {
        opened.add(CaptureInput.open(capture, node, err).opened());
      }
      Scenario first = scenario(opened.getFirst(), "A", null);
      for (Openings.Opened second :
          opened.size() == 1 ? opened : opened.subList(1, opened.size())) {
        Scenario scenario = ofB(first, scenario(second, "B", other));
        // Two datapaths are compared as they are, in whatever lane that can be done.
        boolean plain = other.datapath != null && !node.namesModel() && other.model == null;
        code =
            code.and(
                run.compare(
                    opened.getFirst(),
                    plain ? first.withModel(null) : first,
                    second,
                    plain ? scenario.withModel(null) : scenario,
                    report(out)));
        out.flush();
      }
      return code;
    } finally {
      opened.forEach(Openings.Opened::close);
    }
  }

  /** The window goes by the same rule. */
  private Scenario ofB(Scenario first, Scenario found) throws InputException {
    Scenario known = node.names(other) ? found : CompareRequest.forB(first, found);
    if (known == found) {
      return found;
    }
    spec.commandLine()
        .getErr()
        .println(
            "tailwalk: B: runs under A's scenario, \"%s\": its own would be a guess"
                .formatted(first.name()));
    return node.changed(known, other);
  }

  private Scenario scenario(Openings.Opened opened, String side, @Nullable OtherNodeOptions others)
      throws CaptureException, ScenarioException, InputException {
    Consumer<String> words =
        w -> spec.commandLine().getErr().println("tailwalk: " + side + ": " + w);
    Scenario saved = opened.scenario().orElse(null);
    return others == null
        ? node.scenario(opened.capture(), saved, words)
        : node.scenario(opened.capture(), saved, words, others);
  }

  private CompareReport report(PrintWriter out) {
    return switch (format) {
      case TEXT -> new CompareText(out, all);
      case JSON -> new CompareJson(out, all);
    };
  }
}
