// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk animate}. */
@Command(
    name = "animate",
    description =
        "Draws the animation of some packets as an animated GIF or as PNG pictures: rendered in"
            + " animation time, not recorded from a screen; needs no display.",
    mixinStandardHelpOptions = true)
final class AnimateCommand implements Callable<Integer> {
  private final Services services;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CAPTURE", description = "What to open.")
  private String capture;

  @Mixin private NodeChoice node = new NodeChoice();

  @Option(
      names = "--packets",
      required = true,
      paramLabel = "A-B",
      description = "Which packets, at most 500.",
      converter = PacketRange.Converter.class)
  private PacketRange packets;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.gif|FOLDER",
      description =
          "Where to: a file that ends in .gif, or a folder for frame-00001.png and so on.")
  private Path output;

  @Option(names = "--fps", defaultValue = "15", description = "Frames a second, 4 to 50; 15.")
  private int fps = 15;

  @Option(
      names = "--size",
      defaultValue = "960x540",
      paramLabel = "WxH",
      description = "In pixels; 960x540.")
  private String size = "960x540";

  @Option(
      names = "--speed",
      defaultValue = "1",
      description = "Times as fast as in the window, 0.25 to 16; 1.")
  private double speed = 1;

  @Option(names = "--theme", defaultValue = "light", description = "As for the window; light.")
  private String theme = "light";

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  AnimateCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InputException, InterruptedException {
    if (!services.display()) {
      throw new InputException(
          "no display: start it as ./tailwalk animate, which renders under Xvfb");
    }
    Path folder = output.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new InputException("write animation: " + output + ": the folder can't be written");
    }
    if (Files.isDirectory(output) && output.toString().endsWith(".gif")) {
      throw new InputException("write animation: " + output + ": a folder, not a file");
    }
    if (Files.isRegularFile(output) && !output.toString().endsWith(".gif")) {
      throw new InputException(
          "write animation: " + output + ": a file; name a .gif file, or a folder for pictures");
    }
    AtomicBoolean stop = new AtomicBoolean();
    try (Interruption _ = new Interruption(() -> stop.set(true))) {
      int frames =
          services
              .window()
              .animate(
                  new AnimateRequest(
                      capture,
                      node.scenario,
                      node.datapath,
                      node.model,
                      (int) Math.min(packets.from(), Integer.MAX_VALUE),
                      (int) Math.min(packets.to(), Integer.MAX_VALUE),
                      output,
                      fps,
                      size,
                      speed,
                      theme),
                  () -> !stop.get());
      spec.commandLine().getErr().println("tailwalk: %d frames: %s".formatted(frames, output));
      return ExitCode.OK.code();
    } catch (IllegalArgumentException e) {
      throw new InputException("animate: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
