// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.tailwalk.vector.VectorException;
import org.tailwalk.vector.VectorFile;
import org.tailwalk.vector.VectorSession;

/** The recorded vectors among the test resources of datapath-model. */
final class Vectors {
  private static final Path FOLDER = Path.of("../datapath-model/src/test/resources/vectors");

  private Vectors() {}

  /** The sessions of a file, by its short name, as {@code tcp}. */
  static List<VectorSession> read(String file) {
    try {
      return VectorFile.read(FOLDER.resolve(file + ".jsonl.gz"));
    } catch (VectorException e) {
      throw new LinkageError("the vectors can't be read", e);
    }
  }

  /** The first session of a file as it stands there. */
  static JsonObject document(String file) {
    try {
      return VectorFile.documents(FOLDER.resolve(file + ".jsonl.gz")).getFirst();
    } catch (VectorException e) {
      throw new LinkageError("the vectors can't be read", e);
    }
  }

  /** The worked TCP example: SYN, SYN-ACK, ACK, FIN, FIN, ACK, SYN again, ACK, RST. */
  static VectorSession workedTcp() {
    return read("fact-13").getFirst();
  }
}
