// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.tailwalk.app.object.ObjectJson;
import org.tailwalk.app.object.ObjectText;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.engine.ObjectInspection;
import org.tailwalk.engine.EngineUnavailableException;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConstants;
import org.tailwalk.scenario.DatapathSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailwalk inspect}. */
@Command(
    name = "inspect",
    description =
        "Tells what is in an object, without loading it: programs, sections and tail-call wiring,"
            + " maps with their pinning explained, variables, and what a replay makes of them.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "OBJECT",
      description =
          "An object file, or a bundled datapath: bundled:ERA[/dual|v4|v6][,+option,-option].",
      converter = NodeOptions.DatapathConverter.class)
  private DatapathSpec datapath;

  @Option(names = "--format", defaultValue = "text", description = "text (default) or json.")
  private Format format = Format.TEXT;

  /** What is printed. */
  enum Format {
    TEXT,
    JSON
  }

  @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields before call()
  InspectCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws InputException, EngineUnavailableException {
    if (datapath.source() instanceof DatapathSpec.ObjectFile(String path)
        && !Files.isReadable(Path.of(path))) {
      throw new InputException(
          "read object: %s: %s"
              .formatted(path, Files.exists(Path.of(path)) ? "permission denied" : "no such file"));
    }
    CollectionSpec object;
    try {
      object = engines.objects(datapath).object(datapath.config(DatapathConstants.AGENT_DEFAULTS));
    } catch (EngineUnavailableException e) {
      throw e;
    } catch (ReplayException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
    ObjectInspection inspection = ObjectInspection.of(object);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> ObjectText.of(inspection).forEach(out::println);
      case JSON -> out.println(ObjectJson.of(inspection));
    }
    out.flush();
    return ExitCode.OK.code();
  }
}
