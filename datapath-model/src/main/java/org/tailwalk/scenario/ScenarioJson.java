// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Scenarios as JSON, after {@code docs/schema/scenario.schema.json}. Reading is strict: a field we
 * don't know, a wrong type, a number out of range and a reference to nothing are errors with file,
 * line and path.
 */
public final class ScenarioJson {
  private ScenarioJson() {}

  /**
   * Reads a file.
   *
   * @throws IOException when the file can't be read
   */
  public static Scenario read(Path file) throws IOException, ScenarioException {
    byte[] bytes = Files.readAllBytes(file);
    return parse(file.toString(), new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * Reads a text.
   *
   * @param file what to call it in errors
   */
  public static Scenario parse(String file, String text) throws ScenarioException {
    JsonTree tree = JsonTree.parse(file, text);
    Scenario scenario = new ScenarioReader(file).scenario(tree);
    new ScenarioCheck(file, tree).check(scenario);
    return scenario;
  }

  /** The scenario as indented JSON with a line feed at its end; {@link #parse} reads it back. */
  public static String write(Scenario scenario) {
    return ScenarioWriter.write(scenario);
  }
}
