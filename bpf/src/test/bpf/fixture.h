/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What the test programs need of the kernel's interface, and nothing else. */
#ifndef FIXTURE_H
#define FIXTURE_H

typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef long long __s64;
typedef __u16 __be16;
typedef __u32 __be32;

struct __sk_buff {
	__u32 len, pkt_type, mark, queue_mapping, protocol, vlan_present;
	__u32 vlan_tci, vlan_proto, priority, ingress_ifindex, ifindex, tc_index;
	__u32 cb[5];
	__u32 hash, tc_classid, data, data_end;
};

#define SEC(name) __attribute__((section(name), used))
#define NOINLINE __attribute__((noinline))
#define INLINE inline __attribute__((always_inline))

#define uint(name, value) int (*name)[value]
#define type(name, value) __typeof__(value) *name
#define array(name, value) __typeof__(value) *name[]

#define BPF_HASH 1
#define BPF_ARRAY 2
#define BPF_PROG_ARRAY 3
#define BPF_PERF_EVENT_ARRAY 4
#define BPF_PERCPU_ARRAY 6
#define BPF_LPM_TRIE 11
#define BPF_ARRAY_OF_MAPS 12

/* iproute2's struct bpf_elf_map */
struct legacy_map {
	__u32 type, size_key, size_value, max_elem, flags, id, pinning, inner_id, inner_idx;
};

static void *(*map_lookup)(void *map, const void *key) = (void *)1;
static long (*map_update)(void *map, const void *key, const void *value, __u64 flags) = (void *)2;
static long (*map_delete)(void *map, const void *key) = (void *)3;
static __u64 (*ktime_ns)(void) = (void *)5;
static __u32 (*prandom)(void) = (void *)7;
static long (*tail_call)(void *ctx, void *map, __u32 index) = (void *)12;
static long (*clone_redirect)(void *ctx, __u32 ifindex, __u64 flags) = (void *)13;
static long (*redirect)(__u32 ifindex, __u64 flags) = (void *)23;
static long (*perf_output)(void *ctx, void *map, __u64 flags, void *data, __u64 size) = (void *)25;
static __u64 (*jiffies)(void) = (void *)118;

#endif
