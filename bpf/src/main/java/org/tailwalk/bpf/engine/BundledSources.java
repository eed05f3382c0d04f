// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The C sources of the bundled datapath as they come with the program: file name to content. */
final class BundledSources {
  /** The endpoint programs; its place is the folder's. */
  static final String MAIN = "lxc.bpf.c";

  private static final String FOLDER = "/org/tailwalk/bpf/c/";

  private BundledSources() {}

  /** Every source file by its path below the folder, from the class path's folder or jar. */
  static SortedMap<String, byte[]> read() throws IOException {
    URL main = BundledSources.class.getResource(FOLDER + MAIN);
    if (main == null) {
      throw new IOException("the program was packaged without its C sources (" + FOLDER + ")");
    }
    URI uri;
    try {
      uri = main.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("C sources at " + main, e);
    }
    if (!uri.getScheme().equals("jar")) {
      return files(Path.of(uri).resolveSibling(""));
    }
    // Of our own, not the one that all who name this URI share: another thread would close that.
    String inner = uri.getRawSchemeSpecificPart();
    Path file = Path.of(URI.create(inner.substring(0, inner.indexOf("!/"))));
    try (FileSystem jar = FileSystems.newFileSystem(file, Map.of())) {
      return files(jar.getPath(FOLDER));
    }
  }

  private static SortedMap<String, byte[]> files(Path folder) throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String name = folder.relativize(file).toString();
        if (Files.isRegularFile(file) && (name.endsWith(".c") || name.endsWith(".h"))) {
          found.put(name, Files.readAllBytes(file));
        }
      }
    }
    return found;
  }
}
