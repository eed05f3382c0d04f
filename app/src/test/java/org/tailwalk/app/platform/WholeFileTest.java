// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read a file does not change because it is written beside its place first. */
class WholeFileTest {
  @TempDir Path folder;

  private static void write(Path file) throws IOException {
    try (WholeFile whole = WholeFile.create(file)) {
      whole.out().print("new");
      whole.finish();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aNewFileHasThePermissionsThatAnyNewFileHere() throws Exception {
    Path plain = Files.writeString(folder.resolve("plain"), "");
    Path file = folder.resolve("file");
    write(file);
    assertThat(permissions(file)).isEqualTo(permissions(plain));
  }

  @Test
  void aFileThatReplacesAnotherKeepsItsPermissions() throws Exception {
    for (String kept : new String[] {"rw-------", "rw-rw-r--", "rw-r--r--"}) {
      Path file = Files.writeString(folder.resolve("file"), "old");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(kept));
      write(file);
      assertThat(file).hasContent("new");
      assertThat(permissions(file)).isEqualTo(kept);
    }
  }

  @Test
  void bytesAreWrittenAsTheyAre() throws Exception {
    Path file = folder.resolve("file");
    byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xff};
    try (WholeFile whole = WholeFile.create(file)) {
      whole.bytes().write(bytes);
      assertThat(file).doesNotExist();
      whole.finish();
    }
    assertThat(file).hasBinaryContent(bytes);
  }
}
