// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The program, as a process of its own. */
public final class Program {
  private Program() {}

  /** What starts it with these arguments, from the classes that are tested. */
  public static List<String> command(String... arguments) {
    return java(Main.class, arguments);
  }

  /** What starts another class in its place. */
  public static List<String> java(Class<?> main, String... arguments) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }
}
