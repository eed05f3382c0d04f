// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tailwalk.app.cli.ScriptedEngine.Mood.NOTIFIES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The page of commands and the commands themselves say the same. */
final class CommandsPageTest {
  private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

  /** What the launcher takes, and what is Maven's, Java's or another program's. */
  private static final Set<String> NOT_OURS = Set.of("--full");

  private static TreeMap<String, TreeSet<String>> options() {
    TreeMap<String, TreeSet<String>> all = new TreeMap<>();
    collect(new CliHarness(NOTIFIES, NOTIFIES).commands(), "", all);
    return all;
  }

  private static void collect(
      CommandLine command, String name, TreeMap<String, TreeSet<String>> all) {
    TreeSet<String> options = new TreeSet<>();
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp() && !option.hidden()) {
        options.add(option.longestName());
      }
    }
    all.computeIfAbsent(name, _ -> new TreeSet<>()).addAll(options);
    command
        .getSubcommands()
        .forEach((word, sub) -> collect(sub, name.isEmpty() ? word : name, all));
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/commands.md"));
  }

  private static String section(String page, String command) {
    String heading = command.isEmpty() ? "`./tailwalk [CAPTURE]" : "`./tailwalk " + command;
    for (String section : page.split("\n(?=## )")) {
      if (section.startsWith("## ") && section.lines().findFirst().get().contains(heading)) {
        return section;
      }
    }
    throw new AssertionError("docs/commands.md has no section about " + heading);
  }

  private static Set<String> named(String text) {
    Set<String> found = new TreeSet<>();
    Matcher option = OPTION.matcher(text);
    while (option.find()) {
      found.add(option.group());
    }
    return found;
  }

  @Test
  void everyOptionIsTold() throws IOException {
    String page = page();
    List<String> untold = new ArrayList<>();
    options()
        .forEach((command, options) -> {
          String section = section(page, command);
          Set<String> told = named(section);
          if (section.contains("options of")) {
            told.addAll(named(section(page, "replay")));
            told.addAll(named(section(page, "record")));
          }
          options.stream()
              .filter(o -> !told.contains(o))
              .forEach(o -> untold.add(command + " " + o));
        });
    assertThat(untold).isEmpty();
  }

  @Test
  void everyOptionThatIsToldExists() throws IOException {
    Set<String> known = new TreeSet<>(NOT_OURS);
    options().values().forEach(known::addAll);
    Set<String> invented = named(page().replaceAll("\\]\\([^)]*\\)", ""));
    invented.removeAll(known);
    assertThat(invented).isEmpty();
  }
}
