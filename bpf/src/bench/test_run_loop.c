// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The limit the kernel lane is held against: one pinned thread of C that runs an already loaded, traced program over the
 * frames of a capture, reads the trace log and the perf ring after each run and keeps the raw records.
 *
 *   test_run_loop PROG_ID LOG_MAP_ID EVENTS_MAP_ID CPU ROUNDS FRAMES
 *
 * PROG_ID, LOG_MAP_ID and EVENTS_MAP_ID are kernel ids of objects that another process keeps loaded (an id of 0 leaves the
 * map out). The events map's slot of CPU is pointed at this process's ring for the time of the run. FRAMES is a file of
 * records: u32 length, little endian, then that many bytes. Needs root. Prints one line:
 * packets, seconds, packets per second, bytes kept.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum {
	LOG_HEADER = 64,
	LOG_CAPACITY = 64 * 1024,
	LOG_SIZE = LOG_HEADER + LOG_CAPACITY + 1024,
	RING_PAGES = 64,
	MAX_FRAME = 16384,
	CONTEXT_SIZE = 192,
	KEEP_CHUNK = 64 * 1024 * 1024,
};

static void die(const char *what)
{
	fprintf(stderr, "test_run_loop: %s: %s\n", what, strerror(errno));
	exit(1);
}

static long bpf(int command, union bpf_attr *attr)
{
	return syscall(__NR_bpf, command, attr, sizeof(*attr));
}

static int by_id(int command, uint32_t id)
{
	union bpf_attr attr;
	long fd;

	memset(&attr, 0, sizeof(attr));
	attr.prog_id = id;
	fd = bpf(command, &attr);
	if (fd < 0)
		die("open by id");
	return (int)fd;
}

struct ring {
	struct perf_event_mmap_page *page;
	uint8_t *data;
	uint64_t size;
};

static struct ring ring_open(int events, int cpu)
{
	struct perf_event_attr attr;
	union bpf_attr update;
	struct ring ring = { 0 };
	uint32_t key = (uint32_t)cpu;
	long page = sysconf(_SC_PAGESIZE);
	int fd;

	memset(&attr, 0, sizeof(attr));
	attr.type = PERF_TYPE_SOFTWARE;
	attr.size = sizeof(attr);
	attr.config = PERF_COUNT_SW_BPF_OUTPUT;
	attr.sample_period = 1;
	attr.sample_type = PERF_SAMPLE_RAW;
	attr.watermark = 1;
	attr.wakeup_watermark = 1 << 30;
	fd = (int)syscall(__NR_perf_event_open, &attr, -1, cpu, -1, 0);
	if (fd < 0)
		die("perf_event_open");
	ring.page = mmap(NULL, (size_t)((1 + RING_PAGES) * page), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (ring.page == MAP_FAILED)
		die("mmap ring");
	if (ioctl(fd, PERF_EVENT_IOC_ENABLE, 0) < 0)
		die("enable ring");
	ring.data = (uint8_t *)ring.page + page;
	ring.size = (uint64_t)(RING_PAGES * page);
	memset(&update, 0, sizeof(update));
	update.map_fd = (uint32_t)events;
	update.key = (uintptr_t)&key;
	update.value = (uintptr_t)&fd;
	if (bpf(BPF_MAP_UPDATE_ELEM, &update) < 0)
		die("point events map at ring");
	return ring;
}

static uint8_t *keep_chunk;
static uint64_t keep_used = KEEP_CHUNK, kept;

static uint8_t *keep(uint64_t length)
{
	uint8_t *at;

	if (keep_used + length > KEEP_CHUNK) {
		keep_chunk = malloc(KEEP_CHUNK);
		if (!keep_chunk)
			die("memory for records");
		keep_used = 0;
	}
	at = keep_chunk + keep_used;
	keep_used += length;
	kept += length;
	return at;
}

static void ring_drain(struct ring *ring)
{
	uint64_t head = __atomic_load_n(&ring->page->data_head, __ATOMIC_ACQUIRE);
	uint64_t tail = ring->page->data_tail;
	uint64_t length = head - tail, from = tail % ring->size, first;
	uint8_t *to;

	if (!length)
		return;
	to = keep(length);
	first = length < ring->size - from ? length : ring->size - from;
	memcpy(to, ring->data + from, first);
	memcpy(to + first, ring->data, length - first);
	__atomic_store_n(&ring->page->data_tail, head, __ATOMIC_RELEASE);
}

struct frame {
	uint32_t length;
	uint8_t *bytes;
};

static struct frame *read_frames(const char *path, long *count)
{
	FILE *file = fopen(path, "rb");
	struct frame *frames = NULL;
	long n = 0, room = 0;
	uint32_t length;

	if (!file)
		die(path);
	while (fread(&length, sizeof(length), 1, file) == 1) {
		if (length > MAX_FRAME) {
			errno = EMSGSIZE;
			die(path);
		}
		if (n == room) {
			room = room ? 2 * room : 1024;
			frames = realloc(frames, (size_t)room * sizeof(*frames));
			if (!frames)
				die("memory for frames");
		}
		frames[n].length = length;
		frames[n].bytes = malloc(length);
		if (!frames[n].bytes || fread(frames[n].bytes, length, 1, file) != 1)
			die(path);
		n++;
	}
	fclose(file);
	*count = n;
	return frames;
}

int main(int argc, char **argv)
{
	static uint8_t output[MAX_FRAME + 1024], context_in[CONTEXT_SIZE], context_out[CONTEXT_SIZE];
	struct timespec begin, end;
	struct frame *frames;
	struct ring ring = { 0 };
	uint8_t *log = NULL;
	cpu_set_t cpus;
	long count, rounds, packets = 0, refused = 0;
	double seconds;
	int prog, cpu;

	if (argc != 7) {
		fprintf(stderr, "usage: test_run_loop PROG_ID LOG_MAP_ID EVENTS_MAP_ID CPU ROUNDS FRAMES\n");
		return 1;
	}
	cpu = atoi(argv[4]);
	rounds = atol(argv[5]);
	frames = read_frames(argv[6], &count);
	CPU_ZERO(&cpus);
	CPU_SET(cpu, &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus) < 0)
		die("pin");
	if (unshare(CLONE_NEWNET) < 0)
		die("private network namespace");
	prog = by_id(BPF_PROG_GET_FD_BY_ID, (uint32_t)atol(argv[1]));
	if (atol(argv[2])) {
		int map = by_id(BPF_MAP_GET_FD_BY_ID, (uint32_t)atol(argv[2]));

		log = mmap(NULL, LOG_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
		if (log == MAP_FAILED)
			die("mmap trace log");
	}
	if (atol(argv[3]))
		ring = ring_open(by_id(BPF_MAP_GET_FD_BY_ID, (uint32_t)atol(argv[3])), cpu);

	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (long round = 0; round < rounds; round++) {
		for (long i = 0; i < count; i++) {
			union bpf_attr attr;

			if (log)
				*(volatile uint64_t *)log = 0;
			memset(&attr, 0, sizeof(attr));
			attr.test.prog_fd = (uint32_t)prog;
			attr.test.data_size_in = frames[i].length;
			attr.test.data_size_out = sizeof(output);
			attr.test.data_in = (uintptr_t)frames[i].bytes;
			attr.test.data_out = (uintptr_t)output;
			attr.test.repeat = 1;
			attr.test.ctx_size_in = sizeof(context_in);
			attr.test.ctx_size_out = sizeof(context_out);
			attr.test.ctx_in = (uintptr_t)context_in;
			attr.test.ctx_out = (uintptr_t)context_out;
			if (bpf(BPF_PROG_TEST_RUN, &attr) < 0) {
				refused++;
				continue;
			}
			memcpy(keep(attr.test.data_size_out), output, attr.test.data_size_out);
			if (log) {
				uint64_t length = *(volatile uint64_t *)log;

				if (length > LOG_CAPACITY)
					length = LOG_CAPACITY;
				memcpy(keep(length), log + LOG_HEADER, length);
			}
			if (ring.page)
				ring_drain(&ring);
			packets++;
		}
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
	printf("packets %ld refused %ld seconds %.3f rate %.0f kept %llu\n", packets, refused, seconds,
	       (double)packets / seconds, (unsigned long long)kept);
	return 0;
}
