// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread that runs tasks in order. Its processor and its network namespace are its
 * own, so tasks must not start threads: those would be born into both.
 */
final class PinnedThread implements AutoCloseable {
  private final ExecutorService executor;
  private volatile @Nullable Thread own;

  /** A task that may fail the way the kernel does. */
  @FunctionalInterface
  interface Task<T> {
    T run() throws IOException;
  }

  PinnedThread(String name) {
    executor =
        Executors.newSingleThreadExecutor(task -> {
          Thread thread = Thread.ofPlatform().name(name).daemon(true).unstarted(task);
          own = thread;
          return thread;
        });
  }

  /**
   * Queues a task; one of this thread's own tasks runs it at once.
   *
   * @throws IllegalStateException when the host is closed
   */
  <T> Future<T> submit(Task<T> task) {
    if (Thread.currentThread() == own) {
      FutureTask<T> now = new FutureTask<>(task::run);
      now.run();
      return now;
    }
    try {
      return executor.submit(task::run);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the kernel host is closed", e);
    }
  }

  /** Runs a task and waits for it. */
  <T> T call(Task<T> task) throws IOException {
    return await(submit(task));
  }

  /**
   * Waits for a task, through interruptions: what is in the kernel cannot be abandoned.
   *
   * @throws IOException what the task threw
   */
  static <T> T await(Future<T> future) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case IOException io -> throw io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(e.getCause());
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends the thread after its last task; its namespace goes with it. */
  @Override
  public void close() {
    executor.close();
  }
}
