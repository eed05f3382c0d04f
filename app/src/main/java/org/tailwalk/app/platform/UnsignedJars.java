// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes the signatures off the jars of a folder, for the launcher: Java checks the classes of a
 * signed jar one by one, and keeps none of them in its start cache.
 */
public final class UnsignedJars {
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private UnsignedJars() {}

  /** Takes the signatures off every jar directly inside the folder that is named. */
  public static void main(String[] folder) throws IOException {
    for (Path jar : jars(Path.of(folder[0]))) {
      strip(jar);
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".jar")).toList();
    }
  }

  /** Whether it was signed. */
  static boolean strip(Path jar) throws IOException {
    Path fresh = jar.resolveSibling(jar.getFileName() + ".new");
    try (ZipFile in = new ZipFile(jar.toFile())) {
      if (in.stream().noneMatch(UnsignedJars::signature)) {
        return false;
      }
      try (OutputStream file = Files.newOutputStream(fresh);
          ZipOutputStream out = new ZipOutputStream(file)) {
        for (Enumeration<? extends ZipEntry> all = in.entries(); all.hasMoreElements(); ) {
          ZipEntry entry = all.nextElement();
          if (!signature(entry)) {
            ZipEntry copy = new ZipEntry(entry.getName());
            copy.setTime(entry.getTime());
            out.putNextEntry(copy);
            in.getInputStream(entry).transferTo(out);
            out.closeEntry();
          }
        }
      }
    }
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static boolean signature(ZipEntry entry) {
    return SIGNATURE.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
  }
}
