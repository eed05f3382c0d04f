// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.vector;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** Reads vector files: JSON Lines, one session a line, gzip-compressed or not. */
public final class VectorFile {
  private VectorFile() {}

  /**
   * All sessions of a file.
   *
   * @throws VectorException naming file, line and place in the document
   */
  public static List<VectorSession> read(Path file) throws VectorException {
    return read(file, document -> new SessionReader(Json.of(document, "$")).read());
  }

  /**
   * The same as it stands in the file, one document a session, with what a session leaves out.
   *
   * @throws VectorException naming file and line
   */
  public static List<JsonObject> documents(Path file) throws VectorException {
    return read(file, JsonElement::getAsJsonObject);
  }

  private static <T> List<T> read(Path file, Function<JsonElement, T> translation)
      throws VectorException {
    List<T> sessions = new ArrayList<>();
    int line = 0;
    try (BufferedReader reader = open(file)) {
      String text;
      while ((text = reader.readLine()) != null) {
        line++;
        if (!text.isBlank()) {
          sessions.add(translation.apply(JsonParser.parseString(text)));
        }
      }
    } catch (NoSuchFileException e) {
      throw new VectorException("read vectors: " + file + ": no such file", e);
    } catch (IOException e) {
      // Before the first line it is the file that can't be read.
      throw new VectorException(
          "read vectors: %s: %s".formatted(line == 0 ? file : file + ":" + line, reason(file, e)),
          e);
    } catch (Json.Wrong | IllegalArgumentException | IllegalStateException e) {
      throw new VectorException("read vectors: %s:%d: %s".formatted(file, line, e.getMessage()), e);
    } catch (JsonParseException e) {
      throw new VectorException(
          "read vectors: %s:%d: not JSON: %s".formatted(file, line, e.getMessage()), e);
    }
    if (sessions.isEmpty()) {
      throw new VectorException("read vectors: " + file + ": it holds no sessions");
    }
    return sessions;
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      InputStream plain = gzip ? new GZIPInputStream(in, 1 << 16) : in;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static String reason(Path file, IOException e) {
    if (Files.isDirectory(file)) {
      return "is a folder; name the files in it";
    }
    return Files.isReadable(file) ? String.valueOf(e.getMessage()) : "permission denied";
  }
}
