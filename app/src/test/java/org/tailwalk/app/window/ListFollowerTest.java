// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ListFollowerTest {
  private final List<Integer> told = new ArrayList<>();
  private @Nullable Runnable resting;
  private final ListFollower follower =
      new ListFollower(
          told::add,
          new ListFollower.Rest() {
            @Override
            public void begin(Runnable then) {
              resting = then;
            }

            @Override
            public void end() {
              resting = null;
            }
          });

  @Test
  void followsAtOnceWhenNothingIsHeld() {
    follower.go(3);
    follower.go(7);
    follower.go(0);
    assertThat(told).containsExactly(3, 7, 0);
    assertThat(resting).isNull();
  }

  @Test
  void packetsPassedOverAreNotFollowed() {
    follower.held(true);
    follower.go(100);
    follower.go(200);
    follower.go(300);
    assertThat(told).isEmpty();
    follower.shown();
    assertThat(told).containsExactly(300);
    assertThat(resting).as("it is there: nothing is waited for").isNull();
  }

  @Test
  void aMouseThatRestsIsFollowedThoughNoPacketComes() {
    follower.held(true);
    follower.go(100);
    follower.go(200);
    assertThat(resting).isNotNull();
    resting.run();
    assertThat(told).containsExactly(200);
    follower.shown();
    assertThat(told).as("it stands there already").containsExactly(200);
  }

  @Test
  void whereItIsLetGoIsFollowed() {
    follower.held(true);
    follower.go(100);
    follower.held(false);
    assertThat(told).containsExactly(100);
    assertThat(resting).isNull();
    follower.go(101);
    assertThat(told).containsExactly(100, 101);
  }
}
