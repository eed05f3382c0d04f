// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tailwalk.app.platform.UserFolders;
import org.tailwalk.scenario.DatapathSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk} without a command: the window. */
@Command(
    name = "tailwalk",
    description =
        "Walks the packets of a capture through Cilium's eBPF datapath: through the loaded programs"
            + " and through a model, side by side. Without a command it opens the window.",
    versionProvider = TailwalkCommand.Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "tailwalk test [--full] builds and runs the tests.",
      "Exit codes: 0 done, and the engines agree; 1 bad usage or input; 2 engines differ; "
          + "3 an engine asked for is not available; 4 a fault of ours; 130 interrupted."
    })
final class TailwalkCommand implements Callable<Integer> {
  private static final String FIRST_SAMPLE = "samples/nobody-heard/capture.pcap";

  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "CAPTURE",
      description = "What to open; without it, the first sample.")
  private @Nullable String capture;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "The node the capture is replayed against.")
  private @Nullable String scenario;

  @Option(
      names = "--datapath",
      paramLabel = "NAME|FILE.o",
      description = "What is loaded: a bundled datapath or an object file. Beats the scenario.",
      converter = NodeOptions.DatapathConverter.class)
  private @Nullable DatapathSpec datapath;

  @Option(
      names = "--screenshot",
      paramLabel = "FILE",
      description = "Write a picture of the window (PNG) and end; needs no display.")
  private @Nullable Path screenshot;

  @Option(names = "--size", paramLabel = "WxH", description = "The window's size in pixels.")
  private @Nullable String size;

  @Option(
      names = "--theme",
      paramLabel = "NAME",
      description = "light, dark or contrast; without it, as the window looked last.")
  private @Nullable String theme;

  @Option(
      names = "--language",
      paramLabel = "en|ko|zh",
      description = "The window's language; without it, the one chosen in it, or the machine's.")
  private @Nullable String language;

  @Option(names = "--packet", paramLabel = "N", description = "Show this packet.")
  private int packet;

  @Option(names = "--step", paramLabel = "N", description = "Show it after this step.")
  private int step;

  @Option(
      names = "--timing",
      description = "Tell on stderr when, from the call on, each stage of the start was reached.")
  private boolean timing;

  @Option(
      names = "--tab",
      paramLabel = "NAME",
      description = "Show this tab of the inspector: packet, source, notification, policy, ...")
  private @Nullable String tab;

  @Option(
      names = "--do",
      split = ",",
      paramLabel = "ACTION",
      description = "Do this once the capture is shown, such as stage.capture or tables.show.")
  private List<String> actions = List.of();

  @Option(
      names = "--lesson",
      paramLabel = "DIR",
      description = "Open this lesson: its folder or its lesson.md, or a folder of lessons.")
  private @Nullable Path lesson;

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  TailwalkCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException, InputException {
    String what = capture == null ? firstSample() : capture;
    if (what.matches("[a-z][a-z-]*") && !Files.exists(Path.of(what))) {
      throw new InputException(
          "%s: neither a file nor a command: ./tailwalk --help lists these".formatted(what));
    }
    if (!services.display()) {
      if (screenshot != null) {
        throw new InputException(
            "no display: start it as ./tailwalk, which renders the window under Xvfb");
      }
      return inText(what);
    }
    Path picture = screenshot;
    if (picture != null) {
      List<String> inputs = new ArrayList<>(List.of(what));
      if (scenario != null) {
        inputs.add(scenario);
      }
      checkWritable(picture);
      OutputFile.check(picture, inputs);
    }
    try {
      Optional<String> trouble =
          services
              .window()
              .open(
                  new WindowRequest(
                      what, scenario, picture, size, theme, packet, step, timing, tab, actions,
                      language, lesson, datapath));
      if (trouble.isPresent()) {
        throw new InputException(trouble.get());
      }
      return ExitCode.OK.code();
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String firstSample() throws InputException {
    Path sample = UserFolders.program().resolve(FIRST_SAMPLE);
    if (!Files.isReadable(sample)) {
      throw new InputException(
          "open sample: %s: not there; name a capture: ./tailwalk CAPTURE".formatted(sample));
    }
    return sample.toString();
  }

  /** With no display the same is told in text. */
  private int inText(String what) {
    var err = spec.commandLine().getErr();
    err.println("tailwalk: no display (DISPLAY is not set): replaying in text.");
    err.println(
        "tailwalk: for a picture of the window: ./tailwalk "
            + (capture == null ? "" : capture + " ")
            + "--screenshot FILE.png");
    CommandLine replay = Objects.requireNonNull(spec.commandLine().getSubcommands().get("replay"));
    List<String> arguments = new ArrayList<>(List.of(what));
    if (scenario != null) {
      arguments.addAll(List.of("--scenario", scenario));
    }
    if (datapath != null) {
      arguments.addAll(List.of("--datapath", datapath.toString()));
    }
    return replay.execute(arguments.toArray(String[]::new));
  }

  /** Told before the work is done, and not after. */
  private static void checkWritable(Path picture) throws InputException {
    Path folder = picture.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InputException("write screenshot: " + picture + ": the folder can't be written");
    }
    try {
      if (Files.exists(picture) && !Files.isRegularFile(picture.toRealPath())) {
        throw new InputException("write screenshot: " + picture + ": not a file");
      }
    } catch (IOException e) {
      throw new InputException("write screenshot: " + picture + ": " + e.getMessage(), e);
    }
  }

  /** The version, from the jar's manifest. */
  static final class Version implements IVersionProvider {
    /** The program and its version. */
    static String text() {
      String version = TailwalkCommand.class.getPackage().getImplementationVersion();
      return "tailwalk " + (version == null ? "(built from classes)" : version);
    }

    @Override
    public String[] getVersion() {
      return new String[] {text(), "Java " + Runtime.version()};
    }
  }
}
