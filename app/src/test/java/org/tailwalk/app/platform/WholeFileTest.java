// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is written beside its place first: who may read it stays, and nothing else does. */
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

  /** Files of this process that are open, by what they are. */
  private static List<String> open() throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : all) {
        try {
          open.add(Files.readSymbolicLink(each).toString());
        } catch (NoSuchFileException e) {
          // Closed meanwhile, as the one that lists them.
        }
      }
    }
    return open;
  }

  private List<String> inFolder() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }

  @Test
  void whatCouldNotBeWrittenLeavesNothingOpen() throws Exception {
    Path full = Path.of("/dev/full");
    assertThatThrownBy(() -> write(full)).hasMessage("write /dev/full: No space left on device");
    assertThat(open()).doesNotContain("/dev/full");
  }

  @Test
  void whatCouldNotBePutInItsPlaceLeavesNothingBesideItAndNothingOpen() throws Exception {
    Path file = folder.resolve("file");
    assertThatThrownBy(
            () -> {
              try (WholeFile whole = WholeFile.create(file)) {
                whole.out().print("new");
                assertThat(open()).anyMatch(f -> f.startsWith(folder.toString()));
                // Somebody else was faster, with a folder.
                Files.createFile(Files.createDirectory(file).resolve("in it"));
                whole.finish();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("write " + file);
    assertThat(inFolder()).containsExactly("file");
    assertThat(open()).noneMatch(f -> f.startsWith(folder.toString()));
  }

  @Test
  void whatIsGivenUpLeavesNothingBesideItAndNothingOpen() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "old");
    assertThatThrownBy(
            () -> {
              try (WholeFile whole = WholeFile.create(file)) {
                whole.out().print("new");
                throw new IllegalStateException("what was to be written could not be read");
              }
            })
        .isInstanceOf(IllegalStateException.class);
    assertThat(file).hasContent("old");
    assertThat(inFolder()).containsExactly("file");
    assertThat(open()).noneMatch(f -> f.startsWith(folder.toString()));
  }
}
