// SPDX-License-Identifier: Apache-2.0

import com.google.googlejavaformat.java.Main;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds every Java file of the modules against google-java-format; run by the build, with the
 * formatter on its class path. The argument is {@code check} (names the files that differ, exit 1)
 * or {@code fix} (rewrites them).
 */
final class Format {
  public static void main(String[] args) throws Exception {
    boolean fix = args.length == 1 && args[0].equals("fix");
    List<String> command =
        new ArrayList<>(fix ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    for (String module : List.of("datapath-model", "bpf", "app")) {
      try (Stream<Path> files = Files.walk(Path.of(module, "src"))) {
        files.map(Path::toString).filter(f -> f.endsWith(".java")).sorted().forEach(command::add);
      } catch (java.nio.file.NoSuchFileException e) {
        continue; // a module that has no source yet
      }
    }
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int code = new Main(out, err, System.in).format(command.toArray(String[]::new));
    if (code != 0 && !fix) {
      System.err.println(
          "check-format: the files above are not formatted; mend: mvn -N process-sources"
              + " -Dformat=fix");
    }
    System.exit(code);
  }
}
