// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;

/** A disk with little room, in memory; to be mounted by root alone. */
public final class MountedDisk implements AutoCloseable {
  private final Path folder;

  private MountedDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one.
   *
   * @param size as mount has it: {@code 64k}
   */
  public static MountedDisk at(Path folder, String size) throws IOException {
    run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    return new MountedDisk(folder);
  }

  @Override
  public void close() throws IOException {
    run("umount", folder.toString());
  }

  private static void run(String... command) throws IOException {
    try {
      assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
          .as(String.join(" ", command))
          .isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(String.join(" ", command));
    }
  }
}
