// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What the conntrack programs have in common: the lookup, whose answer goes into the buffer for the program after it, and
 * what they report themselves. That changed from era to era: issue 22527 is the seed's answer to it.
 */
#ifndef TAILWALK_CONNTRACK_PROGRAM_H
#define TAILWALK_CONNTRACK_PROGRAM_H

#include "../lib/conntrack.h"
#include "../lib/drop.h"

/* Where a conntrack program reports from: its own line, though the report is made here. */
struct drop_place {
	__u8 file;
	__u16 line;
};

#define drop_place()                                                                                           \
	({                                                                                                     \
		_Static_assert(drop_file_id() != 0, "give this file a number in drop_file_id()");              \
		(struct drop_place){ .file = drop_file_id(), .line = __LINE__ };                               \
	})

/* Until PR 33551 the reason was unsigned, and the reported number therefore 256 - code. */
#if ERA >= ERA_PR33551
typedef __s32 ct_drop_code;
#else
typedef __u32 ct_drop_code;
#endif

static __always_inline int ct_report(struct __sk_buff *ctx, const enum ct_dir dir, ct_drop_code reason,
				     const struct drop_place at)
{
	if (dir == CT_EGRESS)
		return send_drop_notify_at(ctx, seclabel(), 0, 0, drop_reason8(reason), CTX_ACT_DROP, METRIC_EGRESS,
					   at.file, at.line);
	return send_drop_notify_at(ctx, ctx_load_meta(ctx, CB_SRC_LABEL), seclabel(), lxc_id(), drop_reason8(reason),
				   CTX_ACT_DROP, METRIC_INGRESS, at.file, at.line);
}

/* The seed leaves with the raw code: no event, no count, and the hook lets the packet pass. */
#if ERA >= ERA_PR25426
# define ct_error(CTX, DIR, ERR, AT) ct_report(CTX, DIR, ERR, AT)
#else
# define ct_error(CTX, DIR, ERR, AT) (ERR)
#endif

/* The header walk's error was forgotten by PR 25426. */
#if ERA >= ERA_PR26115
# define ct_walk_error(CTX, DIR, ERR, AT) ct_report(CTX, DIR, ERR, AT)
#else
# define ct_walk_error(CTX, DIR, ERR, AT) (ERR)
#endif

/* The end of a conntrack program that comes back from the next one, because that was missing or inlined. */
#if ERA >= ERA_PR26118
# define ct_result(CTX, DIR, RET) (IS_ERR(RET) ? ct_report(CTX, DIR, RET, drop_place()) : (RET))
#else
# define ct_result(CTX, DIR, RET) (RET)
#endif

/* The lookup, left in the buffer. Not 0: the program leaves with that value. Macros, so that a report names its line. */
#define ct_lookup_to_buffer4(CTX, DIR) ct_lookup_to_buffer4_at(CTX, DIR, drop_place())
#define ct_lookup_to_buffer6(CTX, DIR) ct_lookup_to_buffer6_at(CTX, DIR, drop_place())

#ifdef ENABLE_IPV4
static __always_inline int ct_lookup_to_buffer4_at(struct __sk_buff *ctx, const enum ct_dir dir,
						   const struct drop_place at)
{
	struct iphdr *ip4 = ipv4_header(ctx);
	struct ct_buffer4 buffer;
	struct ct_state state = {};
	struct ipv4_ct_tuple tuple = {};
	__u32 monitor = 0;
	__u32 zero = 0;
	int ret;

	if (!ip4)
		return ct_error(ctx, dir, DROP_INVALID, at);
	tuple.nexthdr = ip4->protocol;
	tuple.daddr = ip4->daddr;
	tuple.saddr = ip4->saddr;
	ret = ct_lookup4(ctx, ct_map4(&tuple), &tuple, ipv4_l4_off(ip4), dir, &state, &monitor);
	if (ret < 0)
		return ct_error(ctx, dir, ret, at);

	memset(&buffer, 0, sizeof(buffer));
	buffer.tuple = tuple;
	buffer.ct_state = state;
	buffer.monitor = monitor;
	buffer.ret = ret;
	if (map_update_elem(&cilium_tail_call_buffer4, &zero, &buffer, BPF_ANY) < 0)
		return ct_error(ctx, dir, DROP_INVALID_TC_BUFFER, at);
	return 0;
}
#endif

#ifdef ENABLE_IPV6
static __always_inline int ct_lookup_to_buffer6_at(struct __sk_buff *ctx, const enum ct_dir dir,
						   const struct drop_place at)
{
	struct ipv6hdr *ip6 = ipv6_header(ctx);
	struct ct_buffer6 buffer;
	struct ct_state state = {};
	struct ipv6_ct_tuple tuple = {};
	__u32 monitor = 0;
	__u32 zero = 0;
	int hdrlen, ret;

	if (!ip6)
		return ct_error(ctx, dir, DROP_INVALID, at);
	tuple.nexthdr = ip6->nexthdr;
	tuple.daddr = ip6->daddr;
	tuple.saddr = ip6->saddr;
	hdrlen = ipv6_hdrlen(ctx, &tuple.nexthdr);
	if (hdrlen < 0)
		return ct_walk_error(ctx, dir, hdrlen, at);
	ret = ct_lookup6(ctx, ct_map6(&tuple), &tuple, ETH_HLEN + hdrlen, dir, &state, &monitor);
	if (ret < 0)
		return ct_error(ctx, dir, ret, at);

	memset(&buffer, 0, sizeof(buffer));
	buffer.tuple = tuple;
	buffer.ct_state = state;
	buffer.monitor = monitor;
	buffer.ret = ret;
	if (map_update_elem(&cilium_tail_call_buffer6, &zero, &buffer, BPF_ANY) < 0)
		return ct_error(ctx, dir, DROP_INVALID_TC_BUFFER, at);
	return 0;
}
#endif

#endif
