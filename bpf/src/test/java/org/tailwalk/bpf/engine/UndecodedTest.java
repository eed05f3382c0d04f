// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tailwalk.engine.Outcome;
import org.tailwalk.event.ContextState;
import org.tailwalk.event.PathTrace;
import org.tailwalk.packet.Bytes;

class UndecodedTest {
  private final Undecoded undecoded = new Undecoded();
  private final List<Integer> decoded = new ArrayList<>();

  private Outcome add(int run) {
    return undecoded.add(
        false,
        () -> {
          decoded.add(run);
          return trace(run);
        });
  }

  private static PathTrace trace(int run) {
    return PathTrace.notRun("run", Integer.toString(run), Bytes.empty(), ContextState.ZERO);
  }

  @Test
  void askingForARunDecodesThoseBeforeItAndNoneBehind() {
    add(1);
    add(2);
    Outcome third = add(3);
    Outcome fourth = add(4);

    assertThat(third.trace()).isEqualTo(trace(3));
    assertThat(decoded).containsExactly(1, 2, 3);
    assertThat(fourth.trace()).isEqualTo(trace(4));
    assertThat(decoded).containsExactly(1, 2, 3, 4);
  }

  @Test
  void runIsDecodedOnce() {
    Outcome run = add(1);

    PathTrace first = run.trace();

    undecoded.settle();
    assertThat(run.trace()).isSameAs(first);
    assertThat(decoded).containsExactly(1);
  }

  @Test
  void settlingDecodesAllInOrder() {
    IntStream.rangeClosed(1, 5).forEach(this::add);

    undecoded.settle();

    assertThat(decoded).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void runThatCannotBeDecodedIsToldToWhoAsksForItAlone() {
    Outcome broken =
        undecoded.add(
            false,
            () -> {
              throw new IllegalArgumentException("site 7: no such trace point");
            });
    Outcome next = add(2);

    assertThat(next.trace()).isEqualTo(trace(2));
    assertThatThrownBy(broken::trace)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("site 7: no such trace point");
  }

  @Test
  void runsThatAreReadByAnotherThreadWhileMoreAreAddedKeepTheirOrder() throws Exception {
    int runs = 20_000;
    List<Future<PathTrace>> read = new ArrayList<>();
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      for (int run = 0; run < runs; run++) {
        Outcome outcome = add(run);
        read.add(reader.submit(outcome::trace));
        if (run % 1_000 == 999) {
          undecoded.settle();
        }
      }
    }
    for (int run = 0; run < runs; run++) {
      assertThat(read.get(run).get()).isEqualTo(trace(run));
    }
    assertThat(decoded).containsExactlyElementsOf(IntStream.range(0, runs).boxed().toList());
  }
}
