// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.tailwalk.bpf.instrument.Field;
import org.tailwalk.bpf.instrument.TraceSite.Bytewise;

/** One record of a trace log: its site and where its fields lie. Little endian. */
record LogRecord(SiteTable.Site site, Log log, int offset) {
  /** A log's bytes, shared by its records. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Log(byte[] bytes) {}

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  /** The low 32 bits of a field of 4 or 8 bytes. */
  int intOf(Field field) {
    return intAt(log.bytes, offset + field.offset());
  }

  long longOf(Field field) {
    return longAt(log.bytes, offset + field.offset());
  }

  /** The bytes, or null when they were not recorded to their end. */
  byte @Nullable [] whole(Bytewise bytes) {
    return switch (bytes) {
      case Bytewise.Recorded(Field field, int size) when field.size() == size ->
          Arrays.copyOfRange(
              log.bytes, offset + field.offset(), offset + field.offset() + field.size());
      case Bytewise.Recorded _, Bytewise.NotRecorded _ -> null;
    };
  }
}
