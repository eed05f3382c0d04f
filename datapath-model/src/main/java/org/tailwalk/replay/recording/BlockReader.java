// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.replay.recording;

import java.util.ArrayList;
import java.util.List;
import org.tailwalk.engine.Injection;
import org.tailwalk.engine.ProgramGraph;
import org.tailwalk.engine.Sweep;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

/** Reads a block of {@link BlockWriter} from its beginning. Used by one thread. */
public final class BlockReader {
  private final ValueReader values;
  private long number;
  private int check;
  private boolean open;

  /**
   * At the first packet of a block.
   *
   * @throws RecordingException when the bytes aren't a block of this version
   */
  public BlockReader(byte[] block) throws RecordingException {
    values = new ValueReader(block);
    magic(values);
    head();
  }

  private static void magic(ValueReader values) throws RecordingException {
    int magic = values.u32();
    if (magic >>> 8 != BlockWriter.MAGIC >>> 8) {
      throw values.broken("not a block of traces");
    }
    if (magic != BlockWriter.MAGIC) {
      throw values.broken(
          "version %d of the recording; this program reads %d"
              .formatted(magic & 0xff, BlockWriter.MAGIC & 0xff));
    }
  }

  private void head() throws RecordingException {
    open = !values.atEnd();
    if (open) {
      long step = values.varint();
      if (step <= 0 || number + step <= 0) {
        throw values.broken("the numbers of packets don't rise");
      }
      number += step;
      check = values.u32();
    }
  }

  /** The packet that is next; 0 behind the last. */
  public long number() {
    return open ? number : 0;
  }

  /**
   * What was recorded of a packet.
   *
   * @param sweeps of the collector before it, and the one that its signal brought about
   */
  public record Recorded(PathTrace trace, List<Sweep> sweeps) {
    /** Keeps its own copy. */
    public Recorded {
      sweeps = List.copyOf(sweeps);
    }
  }

  /**
   * Reads the packet that is next.
   *
   * @throws RecordingException when it was recorded as something else, or can't be read
   */
  public Recorded read(Injection injection) throws RecordingException {
    if (injection.packet() != number || !open) {
      throw new IllegalStateException("next is " + number() + ", not " + injection.packet());
    }
    if (check != BlockWriter.check(injection)) {
      throw new RecordingException(
          "packet %d goes in otherwise than when it was recorded: the capture or the scenario has changed since"
              .formatted(number));
    }
    if (!(values.value(injection.frame()) instanceof PathTrace trace)) {
      throw values.broken("packet " + number + " has no trace");
    }
    List<Sweep> sweeps = sweeps();
    head();
    return new Recorded(trace, sweeps);
  }

  /** Passes over the packet that is next; its frame isn't needed. */
  public void skip() throws RecordingException {
    values.value(null);
    sweeps();
    head();
  }

  private List<Sweep> sweeps() throws RecordingException {
    if (!(values.value(Bytes.empty()) instanceof List<?> list)) {
      throw values.broken("packet " + number + " has no list of sweeps");
    }
    List<Sweep> sweeps = new ArrayList<>();
    for (Object one : list) {
      if (!(one instanceof Sweep sweep)) {
        throw values.broken("packet " + number + ": not a sweep");
      }
      sweeps.add(sweep);
    }
    return sweeps;
  }

  /** Reads a graph's block. */
  public static ProgramGraph graph(byte[] block) throws RecordingException {
    ValueReader values = new ValueReader(block);
    magic(values);
    if (values.value(Bytes.empty()) instanceof ProgramGraph graph && values.atEnd()) {
      return graph;
    }
    throw values.broken("not a graph of programs");
  }
}
