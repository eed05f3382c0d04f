// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tailwalk.app.KernelPrivilege;
import org.tailwalk.app.MountedDisk;
import org.tailwalk.engine.ReplayException;

/** A result is there whole, or what stood there before it is. */
final class OutputFileTest {
  private static final String LONG = "0123456789abcde\n".repeat(16_000);

  @TempDir Path folder;

  private static ExitCode write(Path file, CaptureInput.Writing writing) throws Exception {
    return CaptureInput.write(file, List.of(), new PrintWriter(Writer.nullWriter()), writing);
  }

  private static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aResultReplacesTheOneBefore() throws Exception {
    Path result = Files.writeString(folder.resolve("result"), "old");
    write(
        result,
        out -> {
          out.print(LONG);
          return ExitCode.OK;
        });
    assertThat(result).hasContent(LONG.stripTrailing());
    assertThat(names(folder)).containsExactly("result");
  }

  @Test
  void aRunThatFailsMidwayLeavesTheResultBefore() throws Exception {
    Path result = Files.writeString(folder.resolve("result"), "old");
    assertThatThrownBy(() ->
            write(
                result,
                out -> {
                  out.print(LONG);
                  out.flush();
                  throw new ReplayException("made for a test");
                }))
        .isInstanceOf(ReplayException.class);
    assertThat(result).hasContent("old");
    assertThat(names(folder)).containsExactly("result");
  }

  @Test
  @Tag("kernel")
  @ExtendWith(KernelPrivilege.class)
  void aFullDiskIsOneErrorAndWhatStoodThereStays() throws Exception {
    try (MountedDisk _ = MountedDisk.at(folder, "64k")) {
      Path result = Files.writeString(folder.resolve("result"), "old");
      assertThatThrownBy(() ->
              write(
                  result,
                  out -> {
                    out.print(LONG);
                    return ExitCode.OK;
                  }))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "write %s: No space left on device; nothing was changed there".formatted(result));
      assertThat(result).hasContent("old");
      assertThat(names(folder)).containsExactly("result");
    }
  }
}
