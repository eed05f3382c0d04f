// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tailwalk.bpf.elf.CollectionSpec;
import org.tailwalk.bpf.elf.ElfFormatException;
import org.tailwalk.bpf.elf.ObjectReader;
import org.tailwalk.engine.ReplayException;
import org.tailwalk.scenario.DatapathConfig;

/** Where the object of a build comes from. */
public interface ObjectSource {
  /**
   * The object, before any substitution.
   *
   * @throws ReplayException when it cannot be had, with what to do
   */
  CollectionSpec object(DatapathConfig config) throws ReplayException;

  /** The datapath's name for people: {@code bundled:seed}, or the file's name. */
  String name(DatapathConfig config);

  /**
   * The source files behind a build, by the names its lines carry; empty where they are unknown.
   */
  default Map<String, List<String>> sources(DatapathConfig config) {
    return Map.of();
  }

  /** A user's own object; the build's options are whatever it was compiled with. */
  static ObjectSource ofFile(Path file) {
    return new ObjectSource() {
      @Override
      public CollectionSpec object(DatapathConfig config) throws ReplayException {
        return read(name(config), file);
      }

      @Override
      public String name(DatapathConfig config) {
        return String.valueOf(file.getFileName());
      }
    };
  }

  /** Reads an object file. */
  static CollectionSpec read(String name, Path file) throws ReplayException {
    try {
      return ObjectReader.read(name, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ReplayException("read object \"" + file + "\": " + e.getMessage(), e);
    } catch (ElfFormatException e) {
      throw new ReplayException(String.valueOf(e.getMessage()), e);
    }
  }
}
