// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tailwalk.bpf.Privilege;
import org.tailwalk.engine.EngineUnavailableException;

/** What becomes of the compiled objects where there is no room for them. */
@Tag("kernel") // mounts a disk of its own
@ExtendWith(Privilege.class)
class BundledObjectsTest {
  @TempDir Path disk;

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
        .as(String.join(" ", command))
        .isZero();
  }

  /** With room for nothing, for some of the sources, and for all but not for the object. */
  @ParameterizedTest
  @ValueSource(strings = {"4k", "64k", "480k"})
  void aFullDiskLeavesTheModelAndNothingElse(String size) throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", disk.toString());
    try {
      BundledObjects objects = new BundledObjects(disk, "clang");
      assertThatThrownBy(() -> objects.file(Vectors.workedTcp().setup().config()))
          .isInstanceOf(EngineUnavailableException.class)
          .hasMessageContaining("No space left on device")
          .message()
          .hasLineCount(1);
      try (Stream<Path> left = Files.walk(disk)) {
        assertThat(left).isSubsetOf(disk, disk.resolve("objects"));
      }
    } finally {
      run("umount", disk.toString());
    }
  }
}
