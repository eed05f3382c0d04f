// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Kernel helper functions, by their number in the kernel's helper list. */
#ifndef TAILWALK_HELPERS_H
#define TAILWALK_HELPERS_H

#include "types.h"

#define BPF_HELPER(RET, NAME, NR, ...) static RET (*const NAME)(__VA_ARGS__) = (void *)(NR)

BPF_HELPER(void *, map_lookup_elem, 1, void *map, const void *key);
BPF_HELPER(long, map_update_elem, 2, void *map, const void *key, const void *value, __u64 flags);
BPF_HELPER(long, map_delete_elem, 3, void *map, const void *key);
BPF_HELPER(__u64, ktime_get_ns, 5, void);
BPF_HELPER(__u32, get_prandom_u32, 7, void);
BPF_HELPER(long, skb_store_bytes, 9, struct __sk_buff *ctx, __u32 off, const void *from, __u32 len, __u64 flags);
BPF_HELPER(long, l3_csum_replace, 10, struct __sk_buff *ctx, __u32 off, __u64 from, __u64 to, __u64 size);
BPF_HELPER(long, l4_csum_replace, 11, struct __sk_buff *ctx, __u32 off, __u64 from, __u64 to, __u64 flags);
BPF_HELPER(long, tail_call, 12, struct __sk_buff *ctx, void *prog_array, __u32 slot);
BPF_HELPER(long, redirect, 23, __u32 ifindex, __u64 flags);
BPF_HELPER(long, perf_event_output, 25, struct __sk_buff *ctx, void *map, __u64 flags, void *data, __u64 size);
BPF_HELPER(long, skb_load_bytes, 26, const struct __sk_buff *ctx, __u32 off, void *to, __u32 len);
BPF_HELPER(__s64, csum_diff, 28, const void *from, __u32 from_size, const void *to, __u32 to_size, __u32 seed);
BPF_HELPER(long, skb_change_type, 32, struct __sk_buff *ctx, __u32 type);
BPF_HELPER(long, skb_change_tail, 38, struct __sk_buff *ctx, __u32 len, __u64 flags);
BPF_HELPER(long, skb_pull_data, 39, struct __sk_buff *ctx, __u32 len);
BPF_HELPER(__u64, jiffies64, 118, void);

/* Helper flags. */
#define BPF_ANY 0
#define BPF_F_CURRENT_CPU 0xffffffffULL
#define BPF_F_PSEUDO_HDR 0x10
#define BPF_F_MARK_MANGLED_0 0x20
#define BPF_F_INGRESS 1

#define PACKET_HOST 0

#endif
