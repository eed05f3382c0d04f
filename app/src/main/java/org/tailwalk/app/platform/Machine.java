// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the checks look at; a test gives them another machine. */
public interface Machine {
  /** The machine we run on. */
  static Machine local() {
    return new LocalMachine();
  }

  /** An environment variable; empty when unset or empty. */
  Optional<String> environment(String name);

  /** A small text file, stripped; empty when it can't be read. */
  Optional<String> read(String path);

  /** Whether a path exists. */
  boolean exists(String path);

  /** The first line that a command prints; empty when it can't be run or fails. */
  Optional<String> run(String... command);

  /** The machine we run on. */
  final class LocalMachine implements Machine {
    private static final int PATIENCE_SECONDS = 5;

    @Override
    public Optional<String> environment(String name) {
      return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isEmpty());
    }

    @Override
    public Optional<String> read(String path) {
      try {
        return Optional.of(Files.readString(Path.of(path)).strip());
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    @Override
    public boolean exists(String path) {
      return Files.exists(Path.of(path));
    }

    @Override
    public Optional<String> run(String... command) {
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        List<String> lines =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          process.destroy();
          return Optional.empty();
        }
        return lines.stream().findFirst();
      } catch (IOException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
  }
}
